//! An answer at once where there is something to tell, else when something happens.

use std::time::Duration;

use domain::time::Time;
use tokio::time::Instant;

use super::{
    answer::ChangesAnswer,
    asked::{Asked, Wait},
    phones::{Ear, Heard},
    telling::{self, News},
    wire::Changes,
};
use crate::{app::App, failure::Failure};

impl News {
    /// Whether there is nothing to tell.
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty() && !self.has_more
    }

    /// As it is sent.
    ///
    /// # Errors
    /// `internal`.
    pub fn written(self, app: &App, asked: &Asked) -> Result<Changes, Failure> {
        let Self {
            changes,
            cursor,
            has_more,
        } = self;
        Ok(Changes {
            changes,
            cursor: cursor.sign(&app.page_tokens, asked.citizen.person)?,
            has_more,
        })
    }
}

/// What is to be told now.
///
/// # Errors
/// Those of [`telling::next`].
pub async fn look(app: &App, asked: Asked) -> Result<News, Failure> {
    let Asked {
        citizen,
        from,
        size,
        language,
    } = asked;
    let tell = move |tx: &mut _, call: &_| telling::next(tx, call, language, (from, size));
    app.look(citizen.actor(), tell).await
}

/// How long something may still take that ends with a token.
pub fn left(app: &App, until: Time) -> Duration {
    let left = until.since(app.clock.now());
    left.to_std().unwrap_or_default()
}

/// The answer to what a phone asks: held back while there is nothing to tell, as long as it would wait and
/// its token holds. It listens before it looks, so that nothing happens unheard in between.
///
/// # Errors
/// Those of [`look`].
pub async fn answer(
    app: &App,
    (mut asked, until): (Asked, Time),
    wait: Wait,
) -> Result<ChangesAnswer, Failure> {
    let before = asked.from;
    let mut waiting = wait.time().map(|time| {
        let time = time.min(left(app, until));
        let ear = app.feed.listen(asked.citizen.person);
        (ear, Instant::now() + time)
    });
    loop {
        let news = look(app, asked).await?;
        let goes_on = match &mut waiting {
            Some((ear, deadline)) if news.is_empty() => is_news(ear, *deadline).await,
            Some(_) | None => false,
        };
        if goes_on {
            asked.from = Some(news.cursor);
            continue;
        }
        return Ok(ChangesAnswer {
            unchanged: news.is_empty() && before == Some(news.cursor),
            body: news.written(app, &asked)?,
            wait: wait.0,
        });
    }
}

async fn is_news(ear: &mut Ear, deadline: Instant) -> bool {
    ear.hears(deadline).await == Heard::News
}
