//! What holds the house up: layers, purity, sizes and papers that tell the truth.

mod asvs;
mod layers;
mod moves;
mod papers;
mod sizes;
mod sources;
