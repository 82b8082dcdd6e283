//! The catalogue in force, ready to be asked: versions by date, compiled forms, working time.

use std::collections::HashMap;

use domain::{
    agencies::Agency,
    deadlines::{Calendar, SessionsInForce, WorkingSessions, WorkingTime},
    ids::AgencyId,
    procedures::{
        CompiledForm, Field, FieldCode, ProcedureCode, ProcedureVersion, catalogue::Catalogue,
        search::search_text,
    },
    rejection::Code,
    time::Time,
};

use crate::failure::Failure;

/// A snapshot of the catalogue. A request keeps the one it began with.
pub struct Posted {
    catalogue: Catalogue,
    generation: i64,
    calendar: Calendar,
    sessions: HashMap<AgencyId, WorkingSessions>,
    forms: HashMap<(ProcedureCode, u32), CompiledForm>,
    search_texts: HashMap<(ProcedureCode, u32), String>,
}

impl std::fmt::Debug for Posted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Posted")
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

impl Posted {
    /// Prepares a checked catalogue.
    ///
    /// # Errors
    /// `internal` when a part that the import checked does not hold: a defect.
    pub fn new(catalogue: Catalogue, generation: i64) -> Result<Self, Failure> {
        let mut sessions = HashMap::new();
        for agency in &catalogue.agencies {
            let in_force: Vec<_> = agency.versions.iter().map(sessions_in_force).collect();
            let working = WorkingSessions::new(&in_force, &catalogue.sessions)?;
            sessions.insert(agency.id, working);
        }
        let (mut forms, mut search_texts) = (HashMap::new(), HashMap::new());
        for procedure in &catalogue.procedures {
            let key = (procedure.code.clone(), procedure.version);
            let form = CompiledForm::compile(&procedure.form).map_err(Failure::internal)?;
            forms.insert(key.clone(), form);
            search_texts.insert(
                key,
                search_text(procedure, catalogue.field(&procedure.field)),
            );
        }
        let calendar = Calendar::new(catalogue.calendar())?;
        Ok(Self {
            catalogue,
            generation,
            calendar,
            sessions,
            forms,
            search_texts,
        })
    }

    /// Which import this is.
    pub const fn generation(&self) -> i64 {
        self.generation
    }

    /// Everything in it.
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The version of the procedure in force on that date.
    ///
    /// # Errors
    /// `not-found` for a code nobody knows, `procedure-not-in-force` for one of another time.
    pub fn in_force(
        &self,
        code: &ProcedureCode,
        date: chrono::NaiveDate,
    ) -> Result<&ProcedureVersion, Failure> {
        if let Some(version) = self.catalogue.in_force(code, date) {
            return Ok(version);
        }
        let known = self
            .catalogue
            .procedures
            .iter()
            .any(|version| version.code == *code);
        Err(if known {
            Code::ProcedureNotInForce
        } else {
            Code::NotFound
        }
        .into())
    }

    /// One version, as a dossier is pinned to it.
    ///
    /// # Errors
    /// `internal` when the catalogue lost a version that dossiers live by: an import refuses that.
    pub fn version(
        &self,
        code: &ProcedureCode,
        version: u32,
    ) -> Result<&ProcedureVersion, Failure> {
        let pinned = self
            .catalogue
            .procedures
            .iter()
            .find(|it| it.code == *code && it.version == version);
        pinned.ok_or_else(|| {
            Failure::internal(format!("no version {version} of {code} in the catalogue"))
        })
    }

    /// The compiled form of one version.
    ///
    /// # Errors
    /// As [`Posted::version`].
    pub fn form(&self, code: &ProcedureCode, version: u32) -> Result<&CompiledForm, Failure> {
        let form = self.forms.get(&(code.clone(), version));
        form.ok_or_else(|| Failure::internal(format!("no form of version {version} of {code}")))
    }

    /// The folded text a version is searched by.
    pub fn search_text(&self, procedure: &ProcedureVersion) -> &str {
        let key = (procedure.code.clone(), procedure.version);
        self.search_texts.get(&key).map_or("", String::as_str)
    }

    /// The agency of that id.
    pub fn agency(&self, id: AgencyId) -> Option<&Agency> {
        self.catalogue
            .agencies
            .iter()
            .find(|agency| agency.id == id)
    }

    /// The field of that code.
    pub fn field(&self, code: &FieldCode) -> Option<&Field> {
        self.catalogue.field(code)
    }

    /// The name of a procedure, for lists; empty for a code nobody knows.
    pub fn name_of(&self, code: &str, language: crate::extract::Language) -> String {
        let newest = self
            .catalogue
            .procedures
            .iter()
            .filter(|it| it.code.as_str() == code)
            .max_by_key(|it| it.version);
        newest
            .map(|it| crate::dossiers::render::picked(language, &it.name))
            .unwrap_or_default()
    }

    /// The calendar and the agency's sessions.
    ///
    /// # Errors
    /// `calendar-missing` when the agency keeps no sessions or none that day.
    pub fn working_time(&self, agency: AgencyId) -> Result<WorkingTime<'_>, Failure> {
        let sessions = self.sessions.get(&agency).ok_or(Code::CalendarMissing)?;
        Ok(WorkingTime::new(&self.calendar, sessions))
    }

    /// The close of the last of that many working days after `from`: until when a citizen may
    /// answer.
    ///
    /// # Errors
    /// `calendar-missing`.
    pub fn reply_by(&self, agency: AgencyId, from: Time, days: u16) -> Result<Time, Failure> {
        let working = self.working_time(agency)?;
        let mut date = from.date();
        for _ in 0..days {
            date = working.working_day_from(date.succ_opt().ok_or(Code::CalendarMissing)?)?;
        }
        Ok(working.close_of(date)?.ok_or(Code::CalendarMissing)?)
    }
}

fn sessions_in_force(version: &domain::agencies::AgencyVersion) -> SessionsInForce {
    // The agency's range is half open, the sessions' range names its last day.
    let last = version.in_force_to.and_then(|to| to.pred_opt());
    SessionsInForce {
        pattern: version.sessions.clone(),
        from: version.in_force_from,
        to: last,
    }
}
