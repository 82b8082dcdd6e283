//! The feed as server-sent events, for an app in the foreground.

use std::{convert::Infallible, time::Duration};

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header, web};
use bytes::Bytes;
use domain::{ids::SessionId, time::Time};
use futures_util::{Stream, stream};
use tokio::time::Instant;

use super::{
    asked::Asked,
    phones::{Ear, Heard},
    waiting::{left, look},
};
use crate::{app::App, failure::Failure, middleware::compression};

/// How often a comment shows that the stream still stands.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// After how many seconds a stream ends by itself unless it is asked to end sooner or later.
pub const USUAL: u16 = 600;

/// A phone that follows.
pub struct Following {
    /// What its requests reach.
    pub app: web::Data<App>,
    /// What it asked for.
    pub asked: Asked,
    /// In which session: what ends with it ends here too.
    pub session: SessionId,
    /// When its token stops to hold.
    pub until: Time,
    /// For how many seconds.
    pub seconds: u16,
}

/// A stream as it goes on.
struct Open {
    following: Following,
    ear: Ear,
    ends: Instant,
    is_new: bool,
    /// Whether there may be something to tell.
    look: bool,
}

impl Following {
    /// What is sent, piece by piece. It listens before it looks.
    fn pieces(self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        let at_most = Duration::from_secs(self.seconds.into()).min(left(&self.app, self.until));
        let open = Open {
            ear: self.app.feed.listen(self.asked.citizen.person),
            ends: Instant::now() + at_most,
            is_new: true,
            look: true,
            following: self,
        };
        stream::unfold(open, |open| async move {
            let (piece, open): (Bytes, Open) = open.next().await?;
            Some((Ok(piece), open))
        })
    }
}

impl Open {
    /// The next piece; none at the end: of the time, of the token, of the session, of the server, or where
    /// the store is out of reach. The phone comes back with the last id.
    async fn next(mut self) -> Option<(Bytes, Self)> {
        loop {
            if self.look {
                match self.tell().await {
                    Ok(Some(piece)) => return Some((piece, self)),
                    Ok(None) => continue,
                    Err(error) => {
                        tracing::warn!(%error, "a stream ends");
                        return None;
                    }
                }
            }
            if self.is_over() {
                return None;
            }
            let heartbeat = Instant::now() + HEARTBEAT;
            match self.ear.hears(heartbeat.min(self.ends)).await {
                Heard::News => self.look = true,
                Heard::Nothing if self.is_over() => return None,
                Heard::Nothing => return Some((Bytes::from_static(b":\n\n"), self)),
                Heard::Closing => return None,
            }
        }
    }

    fn is_over(&self) -> bool {
        let Following {
            app,
            session,
            until,
            ..
        } = &self.following;
        Instant::now() >= self.ends
            || app.clock.now() >= *until
            || app.ended_sessions.holds(*session)
    }

    /// What there is to tell; the first event comes even if that is nothing, for its id.
    async fn tell(&mut self) -> Result<Option<Bytes>, Failure> {
        let Following { app, asked, .. } = &mut self.following;
        let news = look(app, *asked).await?;
        asked.from = Some(news.cursor);
        self.look = news.has_more;
        if news.changes.is_empty() && !self.is_new {
            return Ok(None);
        }
        self.is_new = false;
        let changes = news.written(app, asked)?;
        let data = serde_json::to_string(&changes).map_err(Failure::internal)?;
        let event = format!("id: {}\nevent: changes\ndata: {data}\n\n", changes.cursor);
        Ok(Some(Bytes::from(event)))
    }
}

impl Responder for Following {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .content_type("text/event-stream")
            .streaming(self.pieces());
        // A compressor keeps small pieces back until it has enough of them.
        compression::leave(response.headers_mut());
        response
    }
}
