//! The program itself: a real socket, a real signal.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn start(folder: &std::path::Path) -> (Child, String) {
    start_with(folder, &[])
}

fn start_with(folder: &std::path::Path, more: &[&str]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_baton-desk"))
        .args(["--listen", "127.0.0.1:0", "--demo", "--data"])
        .arg(folder)
        .args(more)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("desk listening on http://").unwrap().to_owned();
    (child, address)
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn post(address: &str, path: &str, token: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(stream, "POST {path} HTTP/1.1\r\nhost: desk\r\nconnection: close\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Hands a packet over and opens the stream of its replies, as lines.
fn hand_over(address: &str) -> (String, std::io::Lines<BufReader<TcpStream>>) {
    let packet = crate::support::packet(1);
    let answer = post(address, "/v1/handoffs", "", &packet.to_string());
    let token = answer.split("\"conversation_token\":\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap().to_owned();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let path = crate::support::path(&packet);
    // HTTP/1.0, so that the body comes without chunks around it.
    write!(stream, "GET {path}/replies HTTP/1.0\r\nhost: desk\r\naccept: text/event-stream\r\nauthorization: Bearer {token}\r\n\r\n").unwrap();
    (token, BufReader::new(stream).lines())
}

fn stop(child: &mut Child) {
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_stream_is_heard_at_once_beats_when_it_is_silent_and_holds_no_stop_up() {
    let folder = tempfile::TempDir::new().unwrap();
    let (mut child, address) = start(folder.path());
    let (mut other, second) = start(folder.path());
    let (token, mut lines) = hand_over(&address);
    assert!(lines.any(|line| line.unwrap() == "id: 1"));
    let began = Instant::now();
    let path = format!("{}/messages", crate::support::path(&crate::support::packet(1)));
    for (number, at) in [(1, &address), (2, &second)] {
        let id = crate::talk::uuid(number);
        let body = format!(r#"{{"id":"{id}","text":"One","at":"2026-11-30T18:00:00Z"}}"#);
        assert!(post(at, &path, &token, &body).starts_with("HTTP/1.1 201"));
        let expected = format!("id: {}", number + 1);
        assert!(lines.any(|line| line.unwrap() == expected));
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert!(lines.any(|line| line.unwrap().starts_with(':')), "a heartbeat");
    let began = Instant::now();
    stop(&mut child);
    assert!(lines.all(|line| line.is_ok()), "the stream ends as a stream does");
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    stop(&mut other);
}

#[test]
fn the_demos_agent_greets_with_what_it_sees() {
    let folder = tempfile::TempDir::new().unwrap();
    let (mut child, address) = start_with(folder.path(), &["--demo-agent"]);
    let (_, mut lines) = hand_over(&address);
    for expected in [r#""active":true"#, r#""joined":true"#, "I can see that"] {
        assert!(lines.any(|line| line.unwrap().contains(expected)), "{expected}");
    }
    stop(&mut child);
}

#[test]
fn it_says_where_it_listens_serves_and_stops_when_told() {
    let folder = tempfile::TempDir::new().unwrap();
    let (mut child, address) = start(folder.path());
    assert!(!address.ends_with(":0"));
    assert!(get(&address, "/api/projects").starts_with("HTTP/1.1 200"));
    assert!(get(&address, "/../Cargo.toml").starts_with("HTTP/1.1 404"));
    // An idle connection must not hold it up.
    let _idle = TcpStream::connect(&address).unwrap();
    stop(&mut child);
    // And it comes back to the same folder.
    let (mut child, address) = start(folder.path());
    assert!(get(&address, "/desk/sign-in").starts_with("HTTP/1.1 200"));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_wrong_command_line_and_a_taken_port_end_with_a_reason() {
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_baton-desk")).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, error) = run(&["--nonsense"]);
    assert!(code == Some(2) && error.contains("--nonsense"), "{error}");
    let (code, error) = run(&["--data", "d", "--site", "no-such-folder"]);
    assert!(code == Some(1) && error.contains("no-such-folder"), "{error}");
    let folder = tempfile::TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, error) = run(&["--data", folder.path().to_str().unwrap(), "--listen", &address]);
    assert!(code == Some(1) && error.contains(&address), "{error}");
}

#[test]
fn the_token_everybody_knows_is_for_this_machine_only() {
    let folder = tempfile::TempDir::new().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_baton-desk"))
        .args(["--listen", "0.0.0.0:0", "--data"])
        .arg(folder.path())
        .output()
        .unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && error.contains("--token"), "{error}");
}
