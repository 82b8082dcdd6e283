//! Two uses of one refresh token at the same moment, a thousand times over.

use std::collections::HashSet;
use std::sync::Arc;

use tests::on_both_engines;
use tests::server::TestServer;
use tests::sessions::Phone;
use tokio::sync::Semaphore;

/// How many pairs there are: a round thousand, on each engine.
const PAIRS: usize = 1000;

/// How many pairs are under way at once; each is two requests.
const AT_ONCE: usize = 64;

/// One session for each pair, at most twenty for each account.
async fn phones(server: &TestServer, count: usize, device: Option<&str>) -> Vec<Phone> {
    let mut phones = Vec::new();
    let mut account = server.account(0).await;
    for number in 0..count {
        if number % 20 == 19 {
            account = server.account(number).await;
        }
        phones.push(server.session_of(account, device).await);
    }
    phones
}

/// Runs one task for each phone, not all at once.
async fn each<T, F>(phones: Vec<Phone>, task: impl Fn(Phone) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = Vec::new();
    for phone in phones {
        let place = Arc::clone(&places).acquire_owned().await.unwrap();
        let task = task(phone);
        running.push(tokio::spawn(async move {
            let done = task.await;
            drop(place);
            done
        }));
    }
    let mut done = Vec::new();
    for task in running {
        done.push(task.await.unwrap());
    }
    done
}

on_both_engines! {
    /// Both get the same successor, which works; so does what follows a reply that was lost.
    async fn a_double_refresh_loses_no_family(server: &TestServer) {
        let phones = phones(server, PAIRS, None).await;
        let tokens = each(phones, |phone| async move {
            let (one, two) = tokio::join!(phone.refresh(), phone.refresh());
            let (one, two) = (phone.renewed(&one.expect(200)), phone.renewed(&two.expect(200)));
            assert_eq!(one.refresh_token, two.refresh_token);
            // Both replies are lost, and one more; then the phone goes on.
            let again = phone.renewed(&phone.refresh().await.expect(200));
            assert_eq!(again.refresh_token, one.refresh_token);
            again.renewed(&again.refresh().await.expect(200)).refresh_token
        });
        let tokens: HashSet<String> = tokens.await.into_iter().collect();
        assert_eq!(tokens.len(), PAIRS);
    }

    /// The owner and whoever copied the token, at the same moment: whoever comes first, the session is
    /// over for both before either of them is answered a second time.
    async fn a_theft_is_found_whoever_comes_first(server: &TestServer) {
        let phones = phones(server, 200, Some("4f1d0c1e8c3b4f6a9d2e")).await;
        let first = each(phones, |phone| async move {
            let thief = phone.thief();
            let (owner, thiefs) = tokio::join!(phone.refresh(), thief.refresh());
            thiefs.refused(401, "credentials-refused");
            let owner_first = owner.status == 200;
            let owner = if owner_first { phone.renewed(&owner) } else { phone.clone() };
            owner.refresh().await.refused(401, "credentials-refused");
            owner.client.get("/v1/me").send().await.refused(401, "unauthenticated");
            owner_first
        });
        let first = first.await;
        println!("the owner came first in {} of {}", first.iter().filter(|it| **it).count(), first.len());
    }
}
