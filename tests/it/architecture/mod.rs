//! What holds the house up: layers, purity, sizes and papers that tell the truth.

mod asvs;
mod layers;
mod lints;
mod moves;
mod papers;
mod promises;
mod readings;
mod sizes;
mod sources;
mod unified;
