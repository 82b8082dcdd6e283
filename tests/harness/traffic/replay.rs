//! The same requests again, to a server of today.

use reqwest::Method;
use serde_json::Value;

use super::{days, lost};
use crate::client::{Client, Request, Response};

/// Sends what was recorded and gives what the app would miss. `newest_code` reads the newest one-time code
/// that the server has shown.
pub async fn replay(base: &str, recorded: &Value, newest_code: impl Fn() -> String) -> Vec<String> {
    let nobody = Client::nobody(base.to_owned());
    let mut answers: Vec<Value> = Vec::new();
    let mut faults = Vec::new();
    for exchange in recorded.as_array().expect("a list of exchanges") {
        let sent = &exchange["request"];
        let place = format!("{} {} {}", answers.len(), sent["method"], sent["path"]);
        let answer = request(&nobody, sent, &answers, &newest_code).send().await;
        let mut missing = missing(&exchange["answer"], &answer);
        let stop = answer.status != exchange["answer"]["status"];
        for fault in &mut missing {
            fault.insert_str(0, &format!("{place}: "));
        }
        faults.append(&mut missing);
        if stop {
            // Nothing that follows could be right.
            return faults;
        }
        answers.push(serde_json::from_slice(&answer.body).unwrap_or_default());
    }
    faults
}

fn request(
    nobody: &Client,
    sent: &Value,
    answers: &[Value],
    newest_code: &impl Fn() -> String,
) -> Request {
    let text = |value: &Value| filled(value.as_str().unwrap_or_default(), answers, newest_code);
    let method = text(&sent["method"]);
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    let mut request = nobody.request(method, &text(&sent["path"]));
    let body = text(&sent["body"]);
    for (name, value) in sent["headers"].as_object().expect("headers") {
        if name != "content-type" || body.is_empty() {
            request = request.header(name, &text(value));
        }
    }
    if body.is_empty() {
        request
    } else {
        request.body(&text(&sent["headers"]["content-type"]), body)
    }
}

/// The text with what was told since in the place of what was told then.
fn filled(text: &str, answers: &[Value], newest_code: &impl Fn() -> String) -> String {
    let mut filled = text.to_owned();
    for (place, day) in days() {
        filled = filled.replace(place, &day);
    }
    if filled.contains("{{code in the log}}") {
        filled = filled.replace("{{code in the log}}", &newest_code());
    }
    while let Some((before, rest)) = filled.split_once("{{") {
        let (place, after) = rest.split_once("}}").expect("a place that ends");
        let (number, at) = place.split_once(':').expect("an answer and a place in it");
        let answer = number
            .parse::<usize>()
            .ok()
            .and_then(|number| answers.get(number));
        let told = answer
            .and_then(|answer| answer.pointer(at))
            .and_then(Value::as_str);
        filled = format!("{before}{}{after}", told.unwrap_or_default());
    }
    filled
}

fn missing(relied: &Value, answer: &Response) -> Vec<String> {
    let mut faults = Vec::new();
    if answer.status != relied["status"] {
        faults.push(format!("{} and not {}", answer.status, relied["status"]));
    }
    for name in relied["headers"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        if answer.header(name).is_empty() {
            faults.push(format!("the header {name} is gone"));
        }
    }
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    lost("", &relied["body"], &body, &mut faults);
    faults
}
