//! One thing a dossier owes (nghĩa vụ tài chính), and when nothing is owed any more.

use super::{
    fees::{AppliedReduction, CollectedAt, FeeKind, FeeLine},
    vocabulary::vocabulary,
};
use crate::{
    ids::{DossierId, ObligationId, PaymentId},
    money::Dong,
    rejection::Code,
    text::Localized,
    time::Time,
};

vocabulary! {
    /// Where an obligation stands.
    pub enum ObligationState {
        /// To be paid (phải nộp).
        Due = "due",
        /// Paid (đã nộp).
        Settled = "settled",
        /// Not to be paid: exempt by a rule, or waived by decision (được miễn).
        Waived = "waived",
        /// Not to be paid any more: the reason for it has gone, or it was paid back (đã huỷ).
        Cancelled = "cancelled",
    }
}

/// One fee of one dossier, as it was assessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// Its id.
    pub id: ObligationId,
    /// The dossier that owes.
    pub dossier_id: DossierId,
    /// The code of the fee rule.
    pub fee_code: String,
    /// The name of the fee, as it was when assessed.
    pub name: Localized,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// How many units.
    pub quantity: u32,
    /// By the tariff.
    pub gross: Dong,
    /// What is owed.
    pub net: Dong,
    /// The reduction that explains the difference.
    pub applied: Option<AppliedReduction>,
    /// When it is collected.
    pub collected: CollectedAt,
    /// Where it stands.
    pub state: ObligationState,
    /// When it was assessed.
    pub created_at: Time,
    /// When the citizen was first asked to pay it.
    pub asked_at: Option<Time>,
    /// When it was paid; kept when it is paid back.
    pub settled_at: Option<Time>,
    /// By which payment; kept when it is paid back.
    pub settled_by: Option<PaymentId>,
}

impl Obligation {
    /// The obligation of an assessed line. A line with nothing to pay is waived from the start, so
    /// that the exemption and its proof are on record.
    pub fn of_line(id: ObligationId, dossier_id: DossierId, line: FeeLine, now: Time) -> Self {
        let FeeLine {
            code,
            name,
            kind,
            unit: _,
            quantity,
            gross,
            applied,
            net,
            collected,
            legal_basis: _,
            unproven: _,
            open: _,
        } = line;
        Self {
            id,
            dossier_id,
            fee_code: code,
            name,
            kind,
            quantity,
            gross,
            net,
            applied,
            collected,
            state: if net.is_zero() {
                ObligationState::Waived
            } else {
                ObligationState::Due
            },
            created_at: now,
            asked_at: None,
            settled_at: None,
            settled_by: None,
        }
    }

    /// Whether it is still to be paid.
    pub fn is_due(&self) -> bool {
        self.state == ObligationState::Due
    }

    /// The citizen is asked for it; the first asking counts. `NothingOwed` if it is not due.
    pub fn ask(&self, at: Time) -> Result<Self, Code> {
        Ok(Self {
            asked_at: Some(self.asked_at.unwrap_or(at)),
            ..self.ended(ObligationState::Due)?
        })
    }

    /// Paid. `NothingOwed` if it is not due.
    pub fn settle(&self, payment: PaymentId, at: Time) -> Result<Self, Code> {
        Ok(Self {
            settled_at: Some(at),
            settled_by: Some(payment),
            ..self.ended(ObligationState::Settled)?
        })
    }

    /// Waived by decision. `NothingOwed` if it is not due.
    pub fn waive(&self) -> Result<Self, Code> {
        self.ended(ObligationState::Waived)
    }

    /// Dropped, because the dossier was refused, withdrawn or assessed anew. `NothingOwed` if it
    /// is not due: what has been paid is paid back by a refund, never by forgetting it.
    pub fn cancel(&self) -> Result<Self, Code> {
        self.ended(ObligationState::Cancelled)
    }

    /// Owed again, because the dossier that dropped it was opened again. `StateForbids` if it was not
    /// dropped, or was paid before: what was paid back is not asked for twice.
    pub fn revive(&self) -> Result<Self, Code> {
        if self.state == ObligationState::Cancelled && self.settled_by.is_none() {
            Ok(Self {
                state: ObligationState::Due,
                ..self.clone()
            })
        } else {
            Err(Code::StateForbids)
        }
    }

    /// Paid back by the payment that had settled it. `StateForbids` if that payment had not.
    pub fn refund(&self, payment: PaymentId) -> Result<Self, Code> {
        if self.state == ObligationState::Settled && self.settled_by == Some(payment) {
            Ok(Self {
                state: ObligationState::Cancelled,
                ..self.clone()
            })
        } else {
            Err(Code::StateForbids)
        }
    }

    fn ended(&self, state: ObligationState) -> Result<Self, Code> {
        if self.is_due() {
            Ok(Self {
                state,
                ..self.clone()
            })
        } else {
            Err(Code::NothingOwed)
        }
    }
}

/// The sum of what is still to be paid.
pub fn amount_due(obligations: &[Obligation]) -> Dong {
    let due = obligations.iter().filter(|one| one.is_due());
    due.map(|one| one.net).sum()
}

/// Whether nothing collected at this moment, or before it, is still to be paid.
pub fn settled(obligations: &[Obligation], moment: CollectedAt) -> bool {
    let is_open = |one: &Obligation| one.is_due() && one.collected <= moment;
    !obligations.iter().any(is_open)
}

/// Whether nothing at all is still to be paid.
pub fn fees_are_settled(obligations: &[Obligation]) -> bool {
    !obligations.iter().any(Obligation::is_due)
}
