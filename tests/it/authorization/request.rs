//! The request of one cell, as the document says it is written.

use reqwest::Method;
use serde_json::Value;
use tests::accounts::MY_THUAN;
use tests::client::{Client, Request};
use tests::document::Document;
use tests::extract_copy::{PROCEDURE, pdf};
use uuid::Uuid;

use super::ground::{Object, PAPER};
use super::policy::{Body, Row};

/// An operation of the document.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) id: String,
    method: Method,
    template: String,
    described: Value,
}

/// Every operation of the document, in its order.
pub(super) fn operations() -> Vec<Operation> {
    let document = Document::published();
    let operations = document.operations().into_iter();
    operations
        .map(|(method, template)| {
            let described = &document.root()["paths"][&template][method.to_lowercase()];
            Operation {
                id: described["operationId"].as_str().unwrap().to_owned(),
                method: method.parse().unwrap(),
                template,
                described: described.clone(),
            }
        })
        .collect()
}

impl Operation {
    /// The media type its body is documented under first.
    pub(super) fn media_type(&self) -> Option<&str> {
        let content = self.described["requestBody"]["content"].as_object()?;
        content.keys().next().map(String::as_str)
    }

    /// The documented JSON schema of its body, if it takes JSON.
    pub(super) fn json_schema(&self) -> Option<&Value> {
        let media_type = self.media_type().filter(|it| it.ends_with("json"))?;
        Some(&self.described["requestBody"]["content"][media_type]["schema"])
    }

    /// The names of its parameters, wherever they stand.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        let parameters = self.described["parameters"]
            .as_array()
            .into_iter()
            .flatten();
        parameters.filter_map(|one| one["name"].as_str())
    }

    /// Whether whoever asks may state what they read for.
    pub(super) fn takes_a_purpose(&self) -> bool {
        self.parameters().any(|name| name == "Access-Purpose")
    }

    /// A well-formed request for the object, with the body of the row.
    pub(super) fn request(&self, client: &Client, row: &Row, object: &Object) -> Request {
        self.request_with(client, row, object, &row.body)
    }

    /// The same with another body.
    pub(super) fn request_with(
        &self,
        client: &Client,
        row: &Row,
        object: &Object,
        body: &Body,
    ) -> Request {
        let mut path = self.filled(&self.template, object);
        if !row.query.is_empty() {
            path = format!("{path}?{}", self.filled(row.query, object));
        }
        let mut request = client.request(self.method.clone(), &path);
        for name in self.required_headers() {
            request = match name {
                "If-Match" => request.if_match(&object.etag),
                "If-None-Match" => request.if_new(),
                "Tus-Resumable" => request.header("tus-resumable", "1.0.0"),
                "Upload-Length" => request.header("upload-length", "9"),
                "Upload-Metadata" => request.header("upload-metadata", "filename YQ=="),
                // Where nobody has come to.
                "Upload-Offset" => request.header("upload-offset", "5"),
                "Idempotency-Key" => request.key(&Uuid::now_v7().to_string()),
                other => panic!("{}: say in request.rs what {other} is sent", self.id),
            };
        }
        match body {
            Body::Nothing => request,
            Body::Json(body) => {
                let media_type = self.media_type().unwrap_or("application/json");
                request.body(media_type, body.to_string())
            }
            Body::Chunk => request.body("application/offset+octet-stream", "x"),
            Body::Pdf => request.body("application/pdf", pdf("x")),
        }
    }

    fn required_headers(&self) -> impl Iterator<Item = &str> {
        let parameters = self.described["parameters"]
            .as_array()
            .into_iter()
            .flatten();
        parameters
            .filter(|one| one["in"] == "header" && one["required"] == true)
            .filter_map(|one| one["name"].as_str())
    }

    /// A template with its parameters replaced: by the object's, or by what is everybody's.
    fn filled(&self, template: &str, object: &Object) -> String {
        let mut parts = template.split('{');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap();
            let own = object.path.iter().find(|(parameter, _)| *parameter == name);
            let value = own.map_or_else(|| self.everybodys(name), |(_, value)| value.clone());
            filled.push_str(&value);
            filled.push_str(rest);
        }
        filled
    }

    fn everybodys(&self, name: &str) -> String {
        match name {
            "agency_id" => MY_THUAN.to_string(),
            "procedure_code" => PROCEDURE.to_owned(),
            "purpose" => "dossier_settlement".to_owned(),
            "paper_key" => PAPER.to_owned(),
            // Where the row says that it names nothing of anybody's: the address of a new draft or mandate.
            // Or somebody's standing in that nobody who asks is part of.
            "dossier_id" | "mandate_id" | "deputising_id" | "push_device_id" => {
                Uuid::now_v7().to_string()
            }
            other => panic!("{}: the ground has nothing to put for {other}", self.id),
        }
    }
}
