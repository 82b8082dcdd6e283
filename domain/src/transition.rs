//! The shape every transition table shares: from, command, to, who, guards.
//!
//! What a table does not list is refused.

use crate::{actor::Who, rejection::Code};

/// Where a transition leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To<S> {
    /// To this state.
    State(S),
    /// Back to the state the entity came from.
    WhereItCameFrom,
    /// Nowhere: the entity keeps its state, something about it changes.
    Same,
}

/// A named rule about an entity and the facts around it: `Ok`, or the reason why not.
pub type Guard<F> = fn(&F) -> Result<(), Code>;

/// One row of a transition table.
pub struct Transition<S: 'static, C: 'static, F: 'static> {
    /// The state it starts from.
    pub from: S,
    /// What is asked.
    pub command: C,
    /// Where it leads.
    pub to: To<S>,
    /// Who may ask.
    pub who: &'static [Who],
    /// What must hold besides.
    pub guards: &'static [Guard<F>],
}
