//! Events as they happen.

use std::time::Duration;

use serde_json::Value;
use tests::client::Client;
use tests::follower::Follower;
use tests::on_both_engines;
use tests::server::TestServer;

use super::number;

/// An event of a stream.
#[derive(Debug)]
struct Event {
    id: String,
    data: Value,
}

/// A stream that is read event by event.
struct Stream {
    answer: reqwest::Response,
    rest: String,
}

impl Stream {
    async fn open(server: &TestServer, citizen: &Client, query: &str, last: Option<&str>) -> Self {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = http.get(format!("{}/v1/sync/stream?{query}", server.base()));
        let request = request.bearer_auth(citizen.token().unwrap());
        let request = match last {
            Some(last) => request.header("last-event-id", last),
            None => request,
        };
        let answer = request
            .header("accept-encoding", "br, gzip")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        assert!(
            !answer.headers().contains_key("content-encoding"),
            "nothing is kept back"
        );
        Self {
            answer,
            rest: String::new(),
        }
    }

    /// The next event; none when the stream has ended.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.rest.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.rest = rest;
                let line = |name: &str| {
                    let found = event.lines().find_map(|line| line.strip_prefix(name));
                    found.map(str::to_owned)
                };
                if let (Some(id), Some(data)) = (line("id: "), line("data: ")) {
                    assert_eq!(line("event: ").as_deref(), Some("changes"));
                    let data = serde_json::from_str(&data).unwrap();
                    return Some(Event { id, data });
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.answer.chunk()).await;
            let chunk = chunk.unwrap().unwrap()?;
            self.rest.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
}

on_both_engines! {
    async fn a_stream_tells_what_there_is_and_what_happens(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let first = citizen.draft().await;
        number(server).await;
        let mut phone = Follower::new(citizen.clone());
        let mut stream = Stream::open(server, &citizen, "", None).await;
        phone.takes_changes(&stream.next().await.unwrap().data);
        assert!(phone.dossiers.contains_key(&first.id));
        citizen.submit(&first).send().await.expect(200);
        number(server).await;
        let told = stream.next().await.unwrap();
        assert_eq!(told.data["cursor"], told.id.as_str());
        phone.takes_changes(&told.data);
        assert_eq!(phone.differences().await, [""; 0]);
    }

    /// It broke off: the phone says how far it came, and nothing is told twice or left out.
    async fn a_stream_goes_on_where_it_broke_off(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        citizen.draft().await;
        number(server).await;
        let mut stream = Stream::open(server, &citizen, "", None).await;
        let last = stream.next().await.unwrap().id;
        drop(stream);
        let second = citizen.draft().await;
        number(server).await;
        let mut stream = Stream::open(server, &citizen, "max_seconds=0", Some(&last)).await;
        let changes = stream.next().await.unwrap().data["changes"].clone();
        assert_eq!(changes.as_array().unwrap().len(), 1);
        assert_eq!(changes[0]["id"], second.id.as_str());
        assert!(stream.next().await.is_none(), "and ends when it was asked to");
    }

    async fn a_stream_ends_with_its_token(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        number(server).await;
        let mut stream = Stream::open(server, &citizen, "", None).await;
        stream.next().await.unwrap();
        server.clock().advance(chrono::TimeDelta::days(1201));
        // Whatever wakes it: it tells once more at most, and ends.
        server.app().feed.wake_all();
        while stream.next().await.is_some() {}
        citizen.get("/v1/sync").send().await.refused(401, "unauthenticated");
    }
}
