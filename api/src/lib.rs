//! The HTTP side of Một Cửa: routes, tokens, wire types, use cases, worker, configuration.

pub mod admin;
pub mod agencies;
pub mod api_code;
pub mod app;
pub mod auth;
pub mod call;
pub mod clock;
pub mod config;
pub mod demo;
pub mod document;
pub mod dossiers;
pub mod extract;
pub mod failure;
#[cfg(test)]
mod fixture;
pub mod health;
pub mod id_source;
pub mod in_flight;
pub mod middleware;
pub mod office;
pub mod officers;
pub mod page;
pub mod papers;
pub mod patch;
pub mod payments;
pub mod people;
pub mod problem;
pub mod procedures;
pub mod reply;
pub mod results;
pub mod sessions;
pub mod sitemap;
pub mod statistics;
pub mod supplements;
pub mod tracking;
mod unrouted;
pub mod worker;
