//! No code: built beside the shipped binary, it gives other people's libraries the features that they have
//! in the tests, so that they are compiled once. Our own crates are built with their shipped features.
