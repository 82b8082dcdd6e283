//! The catalogue in force, ready to be asked: versions by date, compiled forms, working time.

use std::{collections::HashMap, sync::OnceLock};

use domain::{
    agencies::Agency,
    deadlines::{Calendar, SessionsInForce, WorkingSessions, WorkingTime},
    ids::AgencyId,
    procedures::{
        CompiledForm, Field, FieldCode, ProcedureCode, ProcedureVersion, catalogue::Catalogue,
        search::search_text,
    },
    rejection::Code,
};

use crate::failure::Failure;

/// A snapshot of the catalogue. A request keeps the one it began with.
pub struct Posted {
    catalogue: Catalogue,
    generation: i64,
    calendar: Calendar,
    /// By the procedure's code, each with its versions, oldest first.
    procedures: HashMap<String, Vec<PostedVersion>>,
    agencies: HashMap<AgencyId, PostedAgency>,
    fields: HashMap<String, usize>,
}

/// A version of a procedure, and what is made of it once.
struct PostedVersion {
    /// Its place in the catalogue.
    place: usize,
    version: u32,
    /// Compiled when it is first asked for: few of all forms are in use, and each takes memory.
    /// The import has tried them all.
    form: OnceLock<CompiledForm>,
    search_text: String,
}

/// An agency, and what is made of it once.
struct PostedAgency {
    /// Its place in the catalogue.
    place: usize,
    sessions: WorkingSessions,
}

impl std::fmt::Debug for Posted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Posted")
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

/// Every version under its procedure's code, oldest first.
fn by_code(catalogue: &Catalogue) -> HashMap<String, Vec<PostedVersion>> {
    let mut procedures: HashMap<String, Vec<PostedVersion>> = HashMap::new();
    for (place, procedure) in catalogue.procedures.iter().enumerate() {
        let posted = PostedVersion {
            place,
            version: procedure.version,
            form: OnceLock::new(),
            search_text: search_text(procedure, catalogue.field(&procedure.field)),
        };
        let code = procedure.code.as_str().to_owned();
        procedures.entry(code).or_default().push(posted);
    }
    for versions in procedures.values_mut() {
        versions.sort_by_key(|posted| posted.version);
    }
    procedures
}

fn by_id(catalogue: &Catalogue) -> Result<HashMap<AgencyId, PostedAgency>, Failure> {
    let mut agencies = HashMap::new();
    for (place, agency) in catalogue.agencies.iter().enumerate() {
        let in_force: Vec<_> = agency.versions.iter().map(sessions_in_force).collect();
        let sessions = WorkingSessions::new(&in_force, &catalogue.sessions)?;
        agencies.insert(agency.id, PostedAgency { place, sessions });
    }
    Ok(agencies)
}

impl Posted {
    /// Prepares a checked catalogue.
    ///
    /// # Errors
    /// `internal` when a part that the import checked does not hold: a defect.
    pub fn new(catalogue: Catalogue, generation: i64) -> Result<Self, Failure> {
        let fields = catalogue.fields.iter().enumerate();
        Ok(Self {
            generation,
            calendar: Calendar::new(catalogue.calendar())?,
            procedures: by_code(&catalogue),
            agencies: by_id(&catalogue)?,
            fields: fields
                .map(|(place, field)| (field.code.as_str().to_owned(), place))
                .collect(),
            catalogue,
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

    fn versions(&self, code: &str) -> &[PostedVersion] {
        self.procedures.get(code).map_or(&[], Vec::as_slice)
    }

    fn pinned(&self, code: &ProcedureCode, version: u32) -> Result<&PostedVersion, Failure> {
        let mut versions = self.versions(code.as_str()).iter();
        versions
            .find(|posted| posted.version == version)
            .ok_or_else(|| {
                Failure::internal(format!("no version {version} of {code} in the catalogue"))
            })
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
        let versions = self.versions(code.as_str());
        if versions.is_empty() {
            return Err(Code::NotFound.into());
        }
        versions
            .iter()
            .filter_map(|posted| self.catalogue.procedures.get(posted.place))
            .find(|version| version.in_force(date))
            .ok_or_else(|| Code::ProcedureNotInForce.into())
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
        let place = self.pinned(code, version)?.place;
        let procedure = self.catalogue.procedures.get(place);
        procedure.ok_or_else(|| Failure::internal("the index names no procedure"))
    }

    /// The compiled form of one version.
    ///
    /// # Errors
    /// As [`Posted::version`].
    pub fn form(&self, code: &ProcedureCode, version: u32) -> Result<&CompiledForm, Failure> {
        let posted = self.pinned(code, version)?;
        if let Some(form) = posted.form.get() {
            return Ok(form);
        }
        let schema = &self.version(code, version)?.form;
        let form = CompiledForm::compile(schema).map_err(Failure::internal)?;
        Ok(posted.form.get_or_init(|| form))
    }

    /// The folded text a version is searched by.
    pub fn search_text(&self, procedure: &ProcedureVersion) -> &str {
        let mut versions = self.versions(procedure.code.as_str()).iter();
        versions
            .find(|posted| posted.version == procedure.version)
            .map_or("", |posted| posted.search_text.as_str())
    }

    /// The agency of that id.
    pub fn agency(&self, id: AgencyId) -> Option<&Agency> {
        let place = self.agencies.get(&id)?.place;
        self.catalogue.agencies.get(place)
    }

    /// The field of that code.
    pub fn field(&self, code: &FieldCode) -> Option<&Field> {
        let place = self.fields.get(code.as_str())?;
        self.catalogue.fields.get(*place)
    }

    /// The name of a procedure, for lists; empty for a code nobody knows.
    pub fn name_of(&self, code: &str, language: crate::extract::Language) -> String {
        let newest = self.versions(code).last();
        newest
            .and_then(|posted| self.catalogue.procedures.get(posted.place))
            .map(|procedure| crate::dossiers::render::picked(language, &procedure.name))
            .unwrap_or_default()
    }

    /// The calendar and the agency's sessions.
    ///
    /// # Errors
    /// `calendar-missing` when the agency keeps no sessions or none that day.
    pub fn working_time(&self, agency: AgencyId) -> Result<WorkingTime<'_>, Failure> {
        let agency = self.agencies.get(&agency).ok_or(Code::CalendarMissing)?;
        Ok(WorkingTime::new(&self.calendar, &agency.sessions))
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
