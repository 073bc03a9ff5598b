//! The demo page and the desk on one local port.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use crate::{build, run, setup};

/// What agents sign in with on the demo's desk.
const TOKEN: &str = "demo";

/// How long the desk may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sets up, builds, and runs the desk until it is stopped.
///
/// # Errors
/// The port is taken, or something does not build or start.
pub fn serve(workspace: &Workspace, port: u16) -> Result<()> {
    // Asked before the build, which takes minutes the first time.
    port_is_free(port)?;
    let tools = setup::build_tools(workspace)?;
    build::everything(workspace, &tools)?;
    println!("build: the desk");
    build_desk(workspace)?;
    port_is_free(port)?;
    run::program(std::env::current_exe()?)
        .args(["announce", "--port", &port.to_string()])
        .spawn()
        .context("cannot start the announcer")?;
    let mut desk = Command::new(workspace.executable("baton-desk"));
    desk.args(["--listen", &address(port).to_string(), "--token", TOKEN])
        .args(["--demo", "--demo-agent", "--data"])
        .arg(workspace.root.join("target").join("desk-data"))
        .arg("--site")
        .arg(workspace.demo());
    become_program(desk)
}

/// Builds the desk's executable, see [`Workspace::executable`]. In the dev
/// profile: one person at a demo gains nothing from minutes of optimising.
///
/// # Errors
/// It does not build.
pub fn build_desk(workspace: &Workspace) -> Result<()> {
    run::run(run::cargo(&workspace.root).args(["build", "--package", "baton-desk"]))
}

/// Waits until the demo answers and says where it is. Runs beside the desk,
/// in whose place this program has gone.
///
/// # Errors
/// Nothing answers in time.
pub fn announce(port: u16) -> Result<()> {
    let started = Instant::now();
    let desk = parent();
    while !answers(port) {
        if parent() != desk {
            return Ok(()); // It has said itself why it stopped.
        }
        if started.elapsed() > PATIENCE {
            bail!("the desk did not answer within {} s", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let address = address(port);
    println!("\nThe demo:  http://{address}/");
    println!("The desk:  http://{address}/desk   (token: {TOKEN})");
    println!("Stop with Ctrl-C.");
    Ok(())
}

/// This process turns into the desk where the system can do that, so that
/// whoever stops `cargo xtask demo` by a signal stops the desk.
#[cfg(unix)]
fn become_program(mut program: Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    let error = program.exec();
    Err(error).with_context(|| format!("cannot start {}", run::line(&program)))
}

/// Who this process belongs to; another one once the desk has ended.
#[cfg(unix)]
fn parent() -> Option<u32> {
    Some(std::os::unix::process::parent_id())
}

#[cfg(not(unix))]
fn parent() -> Option<u32> {
    None
}

#[cfg(not(unix))]
fn become_program(mut program: Command) -> Result<()> {
    run::run(&mut program)
}

fn address(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

fn port_is_free(port: u16) -> Result<()> {
    TcpListener::bind(address(port)).map(drop).with_context(|| {
        format!("cannot listen on port {port}: stop what uses it, or choose one by --port N")
    })
}

fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address(port), Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        let host = address(port);
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(&start == b"HTTP/1.1 200")
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_port_is_refused_with_a_way_out() {
        let taken = TcpListener::bind(address(0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let message = port_is_free(port).unwrap_err().to_string();
        assert!(message.contains(&port.to_string()) && message.contains("--port"), "{message}");
    }

    #[test]
    fn only_a_page_counts_as_an_answer() {
        let listener = TcpListener::bind(address(0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || {
            for reply in ["HTTP/1.1 404 Not Found\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"] {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 512]).unwrap();
                stream.write_all(reply.as_bytes()).unwrap();
            }
        });
        assert!(!answers(port));
        assert!(answers(port));
        server.join().unwrap();
    }
}
