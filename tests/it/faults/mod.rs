//! Kill, cut, fill, repeat: what was acknowledged stays, once.

mod kill9;
mod restart;
mod trace;
