//! A mail server, as far as a notice meets it: lines of SMTP, and what was said in them.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

#[derive(Debug, Default)]
struct Post {
    taken: Vec<String>,
    moods: VecDeque<&'static str>,
}

/// The mail server.
#[derive(Debug)]
pub(super) struct MailHost {
    address: SocketAddr,
    post: Arc<Mutex<Post>>,
}

impl MailHost {
    pub(super) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let post = Arc::new(Mutex::new(Post::default()));
        let shared = Arc::clone(&post);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let post = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream, &post));
            }
        });
        Self { address, post }
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }

    /// What it says to the next recipients, one after the other.
    pub(super) fn moods(&self, moods: &[&'static str]) {
        self.post.lock().unwrap().moods.extend(moods);
    }

    /// The mails it has taken, with their heads.
    pub(super) fn taken(&self) -> Vec<String> {
        self.post.lock().unwrap().taken.clone()
    }
}

fn serve(mut stream: &TcpStream, post: &Mutex<Post>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut say = |line: &str| stream.write_all(format!("{line}\r\n").as_bytes()).ok();
    say("220 mail.example")?;
    let mut line = String::new();
    while reader.read_line(&mut line).ok()? > 0 {
        let word = line.get(..4).unwrap_or_default().to_uppercase();
        match word.as_str() {
            "EHLO" => say("250 mail.example")?,
            "RCPT" => {
                let mood = post.lock().unwrap().moods.pop_front();
                say(mood.unwrap_or("250 so be it"))?;
            }
            "DATA" => {
                say("354 go on")?;
                let mut mail = String::new();
                loop {
                    line.clear();
                    reader.read_line(&mut line).ok()?;
                    if line == ".\r\n" {
                        break;
                    }
                    mail.push_str(&line);
                }
                post.lock().unwrap().taken.push(mail);
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 so be it")?,
        }
        line.clear();
    }
    Some(())
}
