//! Use cases of dossiers over HTTP, on both engines: what happens, and what is refused.

mod answering;
mod asking;
mod codes;
mod consents;
mod drafting;
mod due_dates;
mod filing;
mod guessing;
mod helping;
mod intake;
mod law_of_the_day;
mod leaving;
mod on_behalf;
mod online;
mod outcome;
mod paying;
mod reading;
mod reductions;
mod repeats;
mod roles;
mod rows;
mod two_devices;
mod versions;
mod walk;
