//! Holds every response the tests see against the published document.

use std::collections::HashMap;
use std::sync::{OnceLock, RwLock};

use jsonschema::{Registry, RegistryBuilder, Validator};
use serde_json::{Value, json};

const DOCUMENT: &str = "urn:motcua:openapi";

/// Paths served beside the document: pages for people and the document itself.
const BESIDE: [&str; 4] = ["/docs", "/openapi.json", "/metrics", "/tra-cuu"];

/// One answer as it came over the wire.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Upper case, as in the request line.
    pub method: &'a str,
    /// The path without the query.
    pub path: &'a str,
    /// The status code.
    pub status: u16,
    /// Names in lower case.
    pub headers: &'a HashMap<String, String>,
    /// The body after decompression.
    pub body: &'a [u8],
}

/// The published document, compiled once.
#[derive(Debug)]
pub struct Document {
    root: Value,
    registry: Registry<'static>,
    compiled: RwLock<HashMap<String, &'static Validator>>,
}

impl Document {
    /// The document as the handlers produce it; a test holds `openapi/openapi.json` to the same.
    pub fn published() -> &'static Self {
        static PUBLISHED: OnceLock<Document> = OnceLock::new();
        PUBLISHED.get_or_init(|| Self::new(api::document::document().expect("a document")))
    }

    /// Compiles a document.
    pub fn new(root: Value) -> Self {
        let mut resource = root.clone();
        resource["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        let registry = Registry::new()
            .add(DOCUMENT, resource)
            .and_then(RegistryBuilder::prepare)
            .expect("the document's references resolve");
        Self {
            root,
            registry,
            compiled: RwLock::default(),
        }
    }

    /// The document as JSON.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// Every operation as (method in upper case, path template), in the document's order.
    pub fn operations(&self) -> Vec<(String, String)> {
        let mut operations = Vec::new();
        for (path, item) in members(&self.root["paths"]) {
            for (method, _) in members(item).filter(|(name, _)| METHODS.contains(name)) {
                operations.push((method.to_uppercase(), path.to_owned()));
            }
        }
        operations
    }

    /// What is wrong with `answer`, or nothing.
    pub fn check(&self, answer: &Answer<'_>) -> Result<(), String> {
        self.fault(answer).map_or(Ok(()), |fault| {
            let Answer {
                method,
                path,
                status,
                body,
                ..
            } = answer;
            let body = String::from_utf8_lossy(body);
            Err(format!(
                "{method} {path} answered {status}: {fault}\n{body}"
            ))
        })
    }

    fn fault(&self, answer: &Answer<'_>) -> Option<String> {
        if answer.path == "/" || BESIDE.iter().any(|beside| answer.path.starts_with(beside)) {
            return None;
        }
        let Some(template) = self.template(answer.path) else {
            return self.fault_of_unknown(answer, 404);
        };
        let method = answer.method.to_lowercase();
        let operation = &self.root["paths"][&template][&method];
        if operation.is_null() {
            let head = method == "head" && self.root["paths"][&template]["get"].is_object();
            return if head {
                None
            } else {
                self.fault_of_unknown(answer, 405)
            };
        }
        let status = answer.status.to_string();
        let at = ["paths", &template, &method, "responses", &status]
            .map(escaped)
            .join("/");
        let response = &operation["responses"][&status];
        if response.is_null() {
            return Some("this status is not in the document".into());
        }
        let (at, response) = match response["$ref"].as_str() {
            Some(reference) => (
                reference.trim_start_matches("#/").to_owned(),
                self.root.pointer(reference.trim_start_matches('#'))?,
            ),
            None => (at, response),
        };
        fault_of_headers(response, answer).or_else(|| self.fault_of_body(&at, response, answer))
    }

    /// Where no operation is documented only one answer is right, and it is a problem document.
    fn fault_of_unknown(&self, answer: &Answer<'_>, status: u16) -> Option<String> {
        if answer.status != status {
            return Some(format!(
                "this operation is not in the document: {status} was due"
            ));
        }
        if media_type(answer) != "application/problem+json" {
            return Some("the body is not application/problem+json".into());
        }
        self.root.pointer("/components/schemas/Problem")?;
        self.fault_of_json("components/schemas/Problem", answer)
    }

    fn fault_of_body(&self, at: &str, response: &Value, answer: &Answer<'_>) -> Option<String> {
        let content = &response["content"];
        if members(content).next().is_none() {
            let empty = answer.body.is_empty();
            return (!empty).then(|| "a body is sent but none is in the document".into());
        }
        let media_type = media_type(answer);
        if content[media_type].is_null() {
            return Some(format!(
                "content type {media_type:?} is not in the document"
            ));
        }
        if !media_type.ends_with("json") || content[media_type]["schema"].is_null() {
            return None;
        }
        self.fault_of_json(
            &format!("{at}/content/{}/schema", escaped(media_type)),
            answer,
        )
    }

    fn fault_of_json(&self, at: &str, answer: &Answer<'_>) -> Option<String> {
        let body: Value = match serde_json::from_slice(answer.body) {
            Ok(body) => body,
            Err(error) => return Some(format!("the body is not JSON: {error}")),
        };
        let faults: Vec<String> = self
            .validator(at)
            .iter_errors(&body)
            .map(|error| format!("{} {error}", error.instance_path()))
            .collect();
        (!faults.is_empty()).then(|| faults.join("\n"))
    }

    fn validator(&self, at: &str) -> &'static Validator {
        if let Some(validator) = self.compiled.read().expect("not poisoned").get(at) {
            return validator;
        }
        let validator = jsonschema::options()
            .with_registry(&self.registry)
            .should_validate_formats(true)
            .build(&json!({ "$ref": format!("{DOCUMENT}#/{at}") }))
            .unwrap_or_else(|error| panic!("the schema at {at} does not compile: {error}"));
        // One per documented response, for the life of the process.
        let validator: &'static Validator = Box::leak(Box::new(validator));
        self.compiled
            .write()
            .expect("not poisoned")
            .insert(at.to_owned(), validator);
        validator
    }

    /// The path template that `path` falls under; fixed segments go before parameters.
    fn template(&self, path: &str) -> Option<String> {
        members(&self.root["paths"])
            .map(|(template, _)| template)
            .filter(|template| matches(template, path))
            .min_by_key(|template| template.matches('{').count())
            .map(str::to_owned)
    }
}

const METHODS: [&str; 7] = ["get", "put", "post", "patch", "delete", "head", "options"];

fn matches(template: &str, path: &str) -> bool {
    let (mut expected, mut found) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return true,
            (Some(expected), Some(found)) => {
                if expected != found && (!expected.starts_with('{') || found.is_empty()) {
                    return false;
                }
            }
            (Some(_), None) | (None, Some(_)) => return false,
        }
    }
}

fn fault_of_headers(response: &Value, answer: &Answer<'_>) -> Option<String> {
    members(&response["headers"])
        .filter(|(_, header)| header["required"].as_bool() == Some(true))
        .find(|(name, _)| !answer.headers.contains_key(&name.to_lowercase()))
        .map(|(name, _)| format!("the header {name} is missing"))
}

fn media_type<'a>(answer: &Answer<'a>) -> &'a str {
    let header = answer
        .headers
        .get("content-type")
        .map_or("", String::as_str);
    header.split(';').next().unwrap_or_default().trim()
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

fn escaped(segment: &str) -> String {
    let pointer = segment.replace('~', "~0").replace('/', "~1");
    pointer.replace('{', "%7B").replace('}', "%7D")
}
