//! A phone that knows of its citizen's world only what the feed has told it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::client::{Client, Request, Response};

/// What the phone holds.
#[derive(Debug)]
pub struct Follower {
    client: Client,
    /// As the last answer gave it.
    pub cursor: Option<String>,
    /// Dossiers by id, as they were last told.
    pub dossiers: BTreeMap<String, Value>,
    /// The account.
    pub account: Value,
    /// The version of the catalogue.
    pub catalogue: Value,
    /// Ids in the order in which they were told.
    pub told: Vec<String>,
    /// What was told that must not be.
    pub faults: Vec<String>,
    gone: Vec<String>,
}

impl Follower {
    /// A phone that has nothing yet.
    pub fn new(client: Client) -> Self {
        Self {
            client,
            cursor: None,
            dossiers: BTreeMap::new(),
            account: Value::Null,
            catalogue: Value::Null,
            told: Vec::new(),
            faults: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// The same phone, after the server has moved.
    pub fn at(&mut self, client: Client) {
        self.client = client;
    }

    /// What it asks: what has changed since its cursor, with more of a query.
    pub fn asks(&self, more: &str) -> Request {
        let cursor = self.cursor.as_deref();
        let since = cursor.map(|cursor| format!("cursor={cursor}"));
        let query: Vec<&str> = since.as_deref().into_iter().chain([more]).collect();
        let request = self.client.get(&format!("/v1/sync?{}", query.join("&")));
        match cursor {
            Some(cursor) => request.header("if-none-match", &format!("\"{cursor}\"")),
            None => request,
        }
    }

    /// Takes an answer in; whether there is more.
    pub fn takes(&mut self, answer: &Response) -> bool {
        if answer.status == 304 {
            return false;
        }
        let body = answer.clone().expect(200).json();
        self.takes_changes(&body)
    }

    /// Takes what was told; whether there is more.
    pub fn takes_changes(&mut self, body: &Value) -> bool {
        for change in body["changes"].as_array().expect("changes") {
            self.apply(change);
        }
        self.cursor = body["cursor"].as_str().map(str::to_owned);
        body["has_more"] == true
    }

    /// Asks until nothing more is there; how many answers that took.
    pub async fn catches_up(&mut self, page_size: u8) -> usize {
        let mut answers = 0;
        loop {
            let answer = self.asks(&format!("page_size={page_size}")).send().await;
            answers += 1;
            if !self.takes(&answer) {
                return answers;
            }
        }
    }

    fn apply(&mut self, change: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let id = text(&change["id"]);
        self.told.push(id.clone());
        match (text(&change["kind"]).as_str(), text(&change["op"]).as_str()) {
            ("dossier", "upsert") => self.keep(id, &change["dossier"]),
            ("dossier", "gone") => {
                self.dossiers.remove(&id);
                self.gone.push(id);
            }
            ("mandated_dossiers", "gone") => {
                self.dossiers.retain(|_, held| held["by_mandate"] == false);
            }
            ("account", "upsert") => self.account = change["account"].clone(),
            ("account", "gone") => {
                self.account = Value::Null;
                self.dossiers.clear();
            }
            ("catalogue", "upsert") => self.catalogue = change["catalogue"]["version"].clone(),
            (kind, op) => self.faults.push(format!("{op} of a {kind}")),
        }
    }

    /// Keeps a dossier, which must not be older than what is held of it.
    fn keep(&mut self, id: String, dossier: &Value) {
        let version = |held: &Value| held["view"]["version"].as_i64().unwrap_or_default();
        if self.gone.contains(&id) {
            self.faults.push(format!("{id} came back"));
        }
        if let Some(held) = self.dossiers.get(&id)
            && version(held) > version(dossier)
        {
            self.faults
                .push(format!("{id} went back to an older version"));
        }
        self.dossiers.insert(id, dossier.clone());
    }

    /// What the phone holds otherwise than a full read gives it, and what it was told that must not be.
    pub async fn differences(&self) -> Vec<String> {
        let mut faults = self.faults.clone();
        let mut read = self.own().await;
        for (id, held) in &self.dossiers {
            let path = format!("/v1/dossiers/{id}");
            let get = |part: &'static str| self.client.get(&format!("{path}{part}")).send();
            let there = get("").await;
            read.retain(|other| other != id);
            if there.status != 200 {
                faults.push(format!("{id} is held, and a read answers {}", there.status));
                continue;
            }
            let timeline = get("/timeline").await.json()["items"].clone();
            let payments = get("/payments").await.json()["payments"].clone();
            for (what, held, read) in [
                ("view", &held["view"], there.json()),
                ("timeline", &held["timeline"], timeline),
                ("payments", &held["payments"], payments),
            ] {
                if *held != read {
                    faults.push(format!("{what} of {id}: {held} is held, {read} is read"));
                }
            }
        }
        faults.extend(read.into_iter().map(|id| format!("{id} was never told")));
        let me = self.client.get("/v1/me").send().await.json();
        if self.account != me {
            faults.push(format!("account: {} is held, {me} is read", self.account));
        }
        faults
    }

    /// The citizen's own dossiers, by the list.
    async fn own(&self) -> Vec<String> {
        let mut ids = Vec::new();
        let mut query = "page_size=100".to_owned();
        loop {
            let list = self.client.get(&format!("/v1/dossiers?{query}"));
            let page = list.send().await.expect(200).json();
            for item in page["items"].as_array().expect("items") {
                ids.push(item["id"].as_str().expect("an id").to_owned());
            }
            match page["next_page_token"].as_str() {
                Some(token) => query = format!("page_size=100&page_token={token}"),
                None => return ids,
            }
        }
    }
}
