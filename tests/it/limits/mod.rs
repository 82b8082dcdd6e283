//! One client must not take everybody's turn: neither by asking often nor by being slow.

mod often;
mod slow;
