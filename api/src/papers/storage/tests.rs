//! The storage in a folder.
#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use aws_lc_rs::digest::{SHA256, digest};
use futures_util::TryStreamExt as _;

use super::*;

fn sha256(bytes: &[u8]) -> Digest {
    digest(&SHA256, bytes).as_ref().try_into().unwrap()
}

async fn read(storage: &ObjectStorage, digest: &Digest, part: Option<Range<u64>>) -> Vec<u8> {
    let pieces = storage.get(digest, part).await.unwrap();
    let pieces: Vec<Bytes> = pieces.try_collect().await.unwrap();
    pieces.concat()
}

#[actix_web::test]
async fn bytes_are_kept_under_their_digest_and_put_twice_without_harm() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    let storage = ObjectStorage::open(&config).unwrap();
    let name = sha256(b"tr\xc3\xadch l\xe1\xbb\xa5c");
    let pieces = [
        Bytes::from_static(b"tr\xc3\xadch"),
        Bytes::from_static(b" l\xe1\xbb\xa5c"),
    ];
    for _ in 0..2 {
        storage.put(&name, &pieces).await.unwrap();
        assert_eq!(read(&storage, &name, None).await, pieces.concat());
    }
    assert_eq!(read(&storage, &name, Some(1..3)).await, b"r\xc3");
    let digits = hex(&name);
    let file = folder.path().join("papers/sha256").join(&digits[..2]);
    assert!(file.join(&digits[2..]).is_file());
    for _ in 0..2 {
        storage.delete(&name).await.unwrap();
    }
    assert_eq!(
        storage.get(&name, None).await.map(drop).unwrap_err().code(),
        "internal"
    );
}
