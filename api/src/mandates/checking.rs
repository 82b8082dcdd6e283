//! What is sent about mandates, checked as far as it says by itself.

use chrono::NaiveDate;
use domain::{
    ids::{AgencyId, OrganisationId},
    mandates::{Evidence, Scope, TaxCode, Term, proposing::Terms},
    people::{PersonalNumber, Phone, checked_name},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};

use super::wire::{
    AccountBody, EvidenceBody, MandateBody, MandatorBody, OrganisationBody, WardBody,
};
use crate::{dossiers::party::checked_text, failure::Failure};

/// The longest name of an organisation or an issuer, in characters.
const LONGEST_NAME: usize = 200;

/// The longest number of a paper, in characters.
const LONGEST_NUMBER: usize = 60;

/// The most procedures a list names.
const MOST_PROCEDURES: usize = 50;

/// A person with an account, checked.
#[derive(Debug, Clone)]
pub struct Account {
    /// E.164.
    pub phone: Personal<String>,
    /// NFC.
    pub full_name: Personal<String>,
}

/// Whom a mandate is to be of, checked.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// Another account.
    Account(Account),
    /// The caller.
    Myself,
    /// A child or ward.
    Ward {
        /// Full name.
        full_name: Personal<String>,
        /// Date of birth.
        birth_date: Personal<NaiveDate>,
        /// Personal number.
        personal_number: Option<Personal<String>>,
    },
    /// An organisation to be registered.
    Organisation {
        /// Its name.
        name: String,
        /// Its tax code.
        tax_code: TaxCode,
    },
    /// An organisation the caller represents.
    Represented(OrganisationId),
}

/// A proposal, checked as far as the body alone says.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// Whom it is of.
    pub mandator: Wanted,
    /// Who is to act; the caller where there is none.
    pub delegate: Option<Account>,
    /// What is proposed.
    pub terms: Terms,
    /// The counter.
    pub agency: Option<AgencyId>,
}

impl AccountBody {
    fn check(self, at: &str, faults: &mut Vec<Fault>) -> Option<Account> {
        let Self { phone, full_name } = self;
        let mut note = |field: &str, code| faults.push(Fault::new(format!("{at}/{field}"), code));
        let phone = Phone::parse(phone.reveal()).map_err(|code| note("phone", code));
        let name = checked_name(full_name.reveal()).map_err(|code| note("full_name", code));
        Some(Account {
            phone: phone.ok()?.e164().clone(),
            full_name: Personal::new(name.ok()?),
        })
    }
}

impl WardBody {
    fn check(self, faults: &mut Vec<Fault>) -> Option<Wanted> {
        let Self {
            full_name,
            birth_date,
            personal_number,
        } = self;
        let mut note =
            |field: &str, code| faults.push(Fault::new(format!("/mandator/ward/{field}"), code));
        let name = checked_name(full_name.reveal()).map_err(|code| note("full_name", code));
        let number = personal_number.map(|number| PersonalNumber::parse(number.reveal()));
        let number = number
            .transpose()
            .map_err(|code| note("personal_number", code));
        Some(Wanted::Ward {
            full_name: Personal::new(name.ok()?),
            birth_date,
            personal_number: number.ok()?.map(|number| number.digits().clone()),
        })
    }
}

impl OrganisationBody {
    fn check(self, faults: &mut Vec<Fault>) -> Option<Wanted> {
        let Self { name, tax_code } = self;
        let mut note = |field: &str, code| {
            faults.push(Fault::new(format!("/mandator/organisation/{field}"), code));
        };
        let name = checked_text(&name, LONGEST_NAME).map_err(|code| note("name", code));
        let tax_code = TaxCode::parse(&tax_code).map_err(|code| note("tax_code", code));
        Some(Wanted::Organisation {
            name: name.ok()?,
            tax_code: tax_code.ok()?,
        })
    }
}

impl MandatorBody {
    fn check(self, faults: &mut Vec<Fault>) -> Option<Wanted> {
        let one_of = || {
            Fault::new("/mandator", Code::Required).because(
                "Nêu đúng một người hoặc tổ chức uỷ quyền.",
                "Name exactly one mandator.",
            )
        };
        match self {
            Self {
                account: Some(account),
                myself: None,
                ward: None,
                organisation: None,
                organisation_id: None,
            } => account
                .check("/mandator/account", faults)
                .map(Wanted::Account),
            Self {
                account: None,
                myself: Some(true),
                ward: None,
                organisation: None,
                organisation_id: None,
            } => Some(Wanted::Myself),
            Self {
                account: None,
                myself: None,
                ward: Some(ward),
                organisation: None,
                organisation_id: None,
            } => ward.check(faults),
            Self {
                account: None,
                myself: None,
                ward: None,
                organisation: Some(organisation),
                organisation_id: None,
            } => organisation.check(faults),
            Self {
                account: None,
                myself: None,
                ward: None,
                organisation: None,
                organisation_id: Some(id),
            } => Some(Wanted::Represented(id)),
            Self { .. } => {
                faults.push(one_of());
                None
            }
        }
    }
}

impl EvidenceBody {
    fn check(self, faults: &mut Vec<Fault>) -> Option<Evidence> {
        let Self {
            number,
            issued_on,
            issuer,
        } = self;
        let mut note =
            |field: &str, code| faults.push(Fault::new(format!("/evidence/{field}"), code));
        let number =
            checked_text(number.reveal(), LONGEST_NUMBER).map_err(|code| note("number", code));
        let issuer = checked_text(&issuer, LONGEST_NAME).map_err(|code| note("issuer", code));
        Some(Evidence {
            number: Personal::new(number.ok()?),
            issued_on,
            issuer: issuer.ok()?,
        })
    }
}

impl MandateBody {
    /// The proposal, checked as far as the body alone says.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn checked(self, today: NaiveDate) -> Result<Proposed, Failure> {
        let Self {
            mandator,
            delegate,
            ground,
            acts,
            procedures,
            valid_from,
            valid_until,
            evidence,
            agency_id,
        } = self;
        let mut faults = Vec::new();
        if procedures
            .as_ref()
            .is_some_and(|codes| codes.len() > MOST_PROCEDURES)
        {
            faults.push(Fault::new("/procedures", Code::TooLong));
        }
        let mandator = mandator.check(&mut faults);
        let delegate = delegate.map(|delegate| delegate.check("/delegate", &mut faults));
        let evidence = evidence.check(&mut faults);
        Rejection::of_faults(faults)?;
        let terms = Terms {
            ground,
            scope: Scope {
                procedures: procedures.map(|codes| codes.into_iter().collect()),
                acts: acts.into_iter().collect(),
            },
            term: Term {
                from: valid_from.unwrap_or(today),
                until: valid_until,
            },
            evidence: evidence.ok_or(Code::InvalidContent)?,
        };
        Ok(Proposed {
            mandator: mandator.ok_or(Code::InvalidContent)?,
            delegate: delegate.flatten(),
            terms,
            agency: agency_id,
        })
    }
}
