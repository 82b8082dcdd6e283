//! Kill, cut, fill, repeat: what was acknowledged stays, once.

mod restart;
mod trace;
