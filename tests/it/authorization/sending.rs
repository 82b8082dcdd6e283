//! Thousands of requests over a handful of connections.

use std::sync::{Arc, Mutex};

use tests::client::{Request, Response};
use tokio::task::JoinSet;

/// How many are under way at once.
const AT_ONCE: usize = 8;

/// The answers, in the order of the requests; an error is an answer that the document does not allow.
pub(super) async fn answers(requests: Vec<Request>) -> Vec<Result<Response, String>> {
    let waiting: Vec<_> = requests.into_iter().enumerate().collect();
    let waiting = Arc::new(Mutex::new(waiting));
    let mut askers = JoinSet::new();
    for _ in 0..AT_ONCE {
        let waiting = Arc::clone(&waiting);
        askers.spawn(async move {
            let mut answered = Vec::new();
            loop {
                let next = waiting.lock().unwrap().pop();
                let Some((place, request)) = next else {
                    return answered;
                };
                let answer = match request.try_send().await {
                    Ok(answer) => answer,
                    Err(broken) => Err(broken.to_string()),
                };
                answered.push((place, answer));
            }
        });
    }
    let mut answered: Vec<_> = askers.join_all().await.into_iter().flatten().collect();
    answered.sort_by_key(|(place, _)| *place);
    answered.into_iter().map(|(_, answer)| answer).collect()
}
