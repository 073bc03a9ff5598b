//! The program itself: a real socket, a real signal.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

fn start(folder: &std::path::Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_baton-desk"))
        .args(["--listen", "127.0.0.1:0", "--demo", "--data"])
        .arg(folder)
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

#[test]
fn it_says_where_it_listens_serves_and_stops_when_told() {
    let folder = tempfile::TempDir::new().unwrap();
    let (mut child, address) = start(folder.path());
    assert!(!address.ends_with(":0"));
    assert!(get(&address, "/api/projects").starts_with("HTTP/1.1 200"));
    assert!(get(&address, "/../Cargo.toml").starts_with("HTTP/1.1 404"));
    // An idle connection must not hold it up.
    let _idle = TcpStream::connect(&address).unwrap();
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert!(child.wait().unwrap().success());
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
