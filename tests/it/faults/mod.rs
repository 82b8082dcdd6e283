//! Kill, cut, fill, repeat: what was acknowledged stays, once.

mod keys;
mod kill9;
mod restart;
mod trace;
