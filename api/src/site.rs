//! Addresses and their descriptions, added in one breath: what is served is what is described.
//!
//! Adding a handler only notes where its description is to be found. The description of the whole
//! site takes megabytes while it is put together, and a server needs it only when somebody asks.

use actix_web::{dev::HttpServiceFactory, web};
use utoipa::{
    __dev::{SchemaReferences, Tags},
    openapi::{
        Components, OpenApi, PathItem, RefOr, Schema,
        path::{Paths, PathsMap},
    },
};

/// The descriptions found so far.
#[derive(Default)]
struct Described {
    paths: Paths,
    schemas: Vec<(String, RefOr<Schema>)>,
}

/// Where a description is to be found.
#[derive(Clone)]
pub(crate) enum Part {
    /// A handler's own.
    Handler(Describe),
    /// Those of the handlers under a prefix.
    Under(&'static str, Vec<Self>),
}

/// Adds a handler's description to those found so far.
#[derive(Clone, Copy)]
pub(crate) struct Describe(fn(&mut Described));

/// What can be added: a handler with a description, or a [`Scope`] of them.
pub(crate) trait Addition: HttpServiceFactory + 'static {
    /// Where its descriptions are to be found.
    fn part(&self) -> Part;
}

/// The site that handlers are added to.
pub(crate) struct ServiceConfig<'a> {
    routes: &'a mut web::ServiceConfig,
    parts: Vec<Part>,
}

/// Handlers under one prefix.
pub(crate) struct Scope {
    routes: actix_web::Scope,
    prefix: &'static str,
    parts: Vec<Part>,
}

/// A prefix that handlers are added under.
pub(crate) fn scope(prefix: &'static str) -> Scope {
    Scope {
        routes: web::scope(prefix),
        prefix,
        parts: Vec::new(),
    }
}

impl<'a> ServiceConfig<'a> {
    /// The site whose addresses are added here.
    pub(crate) const fn new(routes: &'a mut web::ServiceConfig) -> Self {
        Self {
            routes,
            parts: Vec::new(),
        }
    }

    /// Adds a part of the site.
    pub(crate) fn configure(&mut self, part: impl FnOnce(&mut ServiceConfig<'_>)) -> &mut Self {
        part(self);
        self
    }

    /// Adds a handler, or handlers under a prefix.
    pub(crate) fn service(&mut self, addition: impl Addition) -> &mut Self {
        self.parts.push(addition.part());
        self.routes.service(addition);
        self
    }

    /// Completes a document with everything that was added.
    pub(crate) fn describe(&self, document: &mut OpenApi) {
        let Described { paths, schemas } = Described::of(&self.parts);
        document.paths.merge(paths);
        let components = document.components.get_or_insert_with(Components::new);
        components.schemas.extend(schemas);
    }
}

impl Scope {
    /// Adds a handler, or handlers under a further prefix.
    pub(crate) fn service(mut self, addition: impl Addition) -> Self {
        self.parts.push(addition.part());
        self.routes = self.routes.service(addition);
        self
    }
}

impl HttpServiceFactory for Scope {
    fn register(self, site: &mut actix_web::dev::AppService) {
        self.routes.register(site);
    }
}

impl Addition for Scope {
    fn part(&self) -> Part {
        Part::Under(self.prefix, self.parts.clone())
    }
}

impl<H> Addition for H
where
    H: HttpServiceFactory + utoipa::Path + SchemaReferences + Tags<'static> + 'static,
{
    fn part(&self) -> Part {
        Part::Handler(Describe(Described::add::<H>))
    }
}

impl Described {
    fn of(parts: &[Part]) -> Self {
        let mut found = Self::default();
        for part in parts {
            match part {
                Part::Handler(Describe(describe)) => describe(&mut found),
                Part::Under(prefix, parts) => {
                    let mut under = Self::of(parts);
                    let paths = std::mem::take(&mut under.paths.paths).into_iter();
                    under.paths.paths = paths
                        .map(|(path, item)| (format!("{prefix}{path}"), item))
                        .collect::<PathsMap<_, _>>();
                    found.paths.merge(under.paths);
                    found.schemas.extend(under.schemas);
                }
            }
        }
        found
    }

    fn add<H: utoipa::Path + SchemaReferences + Tags<'static>>(&mut self) {
        let mut paths = Paths::builder();
        for method in H::methods() {
            let mut operation = H::operation();
            let tags = H::tags();
            if !tags.is_empty() {
                let known = operation.tags.get_or_insert_default();
                known.extend(tags.into_iter().map(ToString::to_string));
            }
            paths = paths.path(H::path(), PathItem::new(method, operation));
        }
        self.paths.merge(paths.build());
        H::schemas(&mut self.schemas);
    }
}
