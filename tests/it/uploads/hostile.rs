//! Hostile files: none is served so that it runs, none brings the server down, nothing hidden leaves in a
//! picture to look at.

use std::time::{Duration, Instant};

use tests::client::Client;
use tests::engine::{Engine, Ground as _, run};
use tests::on_both_engines;
use tests::server::TestServer;

use super::corpus::{CANARY, Hostile, acts, all, pdf_with};
use super::pictures::{announced, exif, heic, png, with_segment, zlib};
use super::{HEIC, JPEG, Named, PDF, PNG, file_of, sent};

/// What files are served as.
const SERVED: [&str; 4] = ["application/pdf", "image/jpeg", "image/png", "image/heic"];

/// Why files are not taken.
const REASONS: [&str; 6] = [
    "file-type-refused",
    "file-active-content",
    "file-unreadable",
    "picture-too-large",
    "invalid-header",
    "digest-mismatch",
];

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

/// The picture to look at, of a file that was taken.
async fn preview(citizen: &Client, named: Named, bytes: &[u8]) -> Vec<u8> {
    let upload = sent(citizen, named, bytes)
        .await
        .expect(201)
        .header("location")
        .to_owned();
    let file = file_of(citizen, &upload).await;
    let picture = citizen
        .get(&format!("/v1/files/{file}/preview"))
        .send()
        .await
        .expect(200);
    assert_eq!(picture.header("content-type"), "image/jpeg");
    assert!(
        picture
            .header("content-disposition")
            .starts_with("attachment")
    );
    picture.body
}

/// A JPEG from the house's own encoder, to be tampered with.
async fn jpeg(citizen: &Client) -> Vec<u8> {
    preview(citizen, PNG, &png(8, 4, &[])).await
}

/// Nothing, or what is wrong with how a hostile file was met.
async fn fault_of(citizen: &Client, hostile: &Hostile) -> Option<String> {
    let Hostile { what, named, bytes } = hostile;
    let answer = sent(citizen, *named, bytes).await;
    if answer.status != 201 {
        let known = REASONS.contains(&answer.code().as_str());
        return (!known).then(|| format!("{what}: {} {}", answer.status, answer.code()));
    }
    let file = file_of(citizen, answer.header("location")).await;
    let served = citizen
        .get(&format!("/v1/files/{file}"))
        .send()
        .await
        .expect(200);
    let inert = SERVED.contains(&served.header("content-type"))
        && served
            .header("content-disposition")
            .starts_with("attachment")
        && served.header("x-content-type-options") == "nosniff"
        && served.header("content-security-policy").contains("sandbox");
    if !inert || served.body != *bytes {
        return Some(format!("{what}: served active, or changed"));
    }
    let picture = citizen
        .get(&format!("/v1/files/{file}/preview"))
        .send()
        .await;
    if picture.status == 200 && (holds(&picture.body, CANARY) || holds(&picture.body, "<script")) {
        return Some(format!("{what}: something hidden leaves in the picture"));
    }
    None
}

/// The whole corpus on one engine: the store plays no part in it.
#[test]
fn no_hostile_file_does_any_harm() {
    run::<TestServer>(Engine::Sqlite, async |server: &TestServer| {
        let room = |config: &mut api::config::Config| {
            config.files.unfinished_most = 1_000;
            config.files.day_bytes = u64::MAX;
            config.files.person_bytes = u64::MAX;
        };
        let roomy = TestServer::start_with(server.site().engine(), room);
        let citizen = roomy.citizen("0912345678").await;
        let corpus = all(&jpeg(&citizen).await);
        assert!(corpus.len() >= 300, "{}", corpus.len());
        let (mut faults, mut slowest) = (Vec::new(), Duration::ZERO);
        for hostile in &corpus {
            if hostile.bytes.is_empty() {
                continue;
            }
            faults.extend(fault_of(&citizen, hostile).await);
            let asked = Instant::now();
            roomy.nobody().get("/healthz").send().await.expect(200);
            slowest = slowest.max(asked.elapsed());
        }
        println!(
            "{} hostile files, the slowest other answer took {slowest:?}",
            corpus.len()
        );
        assert_eq!(faults, [""; 0]);
        roomy.finish().await;
    });
}

on_both_engines! {
    async fn what_runs_is_refused_by_name(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        for bytes in acts().take(4) {
            sent(&citizen, PDF, &bytes).await.refused(422, "file-active-content");
        }
        sent(&citizen, PDF, &pdf_with("<< /A (b) >>")).await.expect(201);
        let locked = pdf_with("<< /Encrypt 5 0 R >>");
        sent(&citizen, PDF, &locked).await.refused(422, "file-unreadable");
        let (dossier, etag) = crate::papers::draft(&citizen).await;
        let active = acts().next().unwrap();
        let attached = crate::papers::attach(&citizen, &dossier, &etag, active).send().await;
        attached.refused(422, "file-active-content");
        let lies = announced(50_000, 50_000, &[], &zlib(b"x"));
        sent(&citizen, PNG, &lies).await.refused(422, "picture-too-large");
        sent(&citizen, PNG, &announced(4, 4, &[], b"x")).await.refused(422, "file-unreadable");
    }

    async fn what_is_shown_is_upright_and_holds_nothing_else(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let jpeg = jpeg(&citizen).await;
        let original = with_segment(&jpeg, 0xe1, &exif(6, CANARY));
        assert!(holds(&original, CANARY));
        let shown = preview(&citizen, JPEG, &original).await;
        assert!(!holds(&shown, CANARY) && !holds(&shown, "Exif"));
        // 8 by 4, turned to the right: 4 wide, 8 high.
        let frame = shown.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
        assert_eq!(shown[frame + 5..frame + 9], [0, 8, 0, 4]);
        // A HEIC is kept and not shown.
        let upload = sent(&citizen, HEIC, &heic(3, 2, CANARY)).await.expect(201);
        let file = file_of(&citizen, upload.header("location")).await;
        let none = citizen.get(&format!("/v1/files/{file}/preview")).send().await;
        none.refused(404, "not-found");
    }
}
