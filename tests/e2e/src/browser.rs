//! Starts a driver and one browser session with a fresh profile; ends both on drop.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// Without a network beyond loopback, and without anything that asks or updates.
const CHROME_FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--window-size=1280,900",
];
const DOWNLOADS: &str = "baton-downloads";
const START_LIMIT: Duration = Duration::from_secs(20);
const QUIT_LIMIT: Duration = Duration::from_secs(10);

/// A driver process and its one session.
pub struct Browser {
    pub web: WebDriver,
    process: Option<u64>,
    // Killed on drop.
    _driver: Child,
    _output: Lines<BufReader<ChildStdout>>,
    profile: TempDir,
}

impl Browser {
    /// The browser that `BATON_BROWSER` names.
    pub async fn start() -> Result<Self> {
        let name = env::var("BATON_BROWSER").unwrap_or_else(|_| "chrome".to_owned());
        match name.as_str() {
            "chrome" => chrome().await,
            other => bail!("BATON_BROWSER={other}: only chrome is set up so far"),
        }
    }

    /// The version the driver says the browser has.
    pub fn version(&self) -> String {
        let version = self.web.capabilities().get("browserVersion");
        version.and_then(|version| version.as_str()).unwrap_or_default().to_owned()
    }

    /// The folder that downloads go to.
    pub fn downloads(&self) -> PathBuf {
        self.profile.path().join(DOWNLOADS)
    }

    /// Ends the session and the driver.
    pub async fn quit(mut self) {
        let quit = tokio::time::timeout(QUIT_LIMIT, self.web.clone().quit());
        if matches!(quit.await, Ok(Ok(()))) {
            self.process = None;
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A driver that is killed leaves its browser behind.
        if let Some(process) = self.process {
            let mut kill = std::process::Command::new("kill");
            let kill = kill.args(["-KILL", &process.to_string()]);
            let _ = kill.stdout(Stdio::null()).stderr(Stdio::null()).status();
        }
    }
}

async fn chrome() -> Result<Browser> {
    let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| OsString::from("chromedriver"));
    let mut driver = Command::new(&program)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let stdout = driver.stdout.take().context("the driver has no output")?;
    let mut output = BufReader::new(stdout).lines();
    let port = tokio::time::timeout(START_LIMIT, port(&mut output))
        .await
        .context("the driver does not say its port")??;

    let profile = tempfile::tempdir()?;
    let mut flags: Vec<String> = CHROME_FLAGS.iter().map(|&flag| flag.to_owned()).collect();
    flags.push(format!("--user-data-dir={}", profile.path().display()));
    let mut wanted = Capabilities::new();
    wanted.set("browserName", "chrome")?;
    let downloads = profile.path().join(DOWNLOADS);
    std::fs::create_dir(&downloads)?;
    let preferences = json!({ "download.default_directory": downloads });
    wanted.set("goog:chromeOptions", json!({ "args": flags, "prefs": preferences }))?;
    wanted.set("goog:loggingPrefs", json!({ "browser": "ALL" }))?;
    let web = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted)
        .await
        .context("the driver cannot start the browser")?;
    let process = web.capabilities().get("goog:processID").and_then(serde_json::Value::as_u64);
    Ok(Browser { web, process, _driver: driver, _output: output, profile })
}

/// "ChromeDriver was started successfully on port 41327."
async fn port(output: &mut Lines<BufReader<ChildStdout>>) -> Result<u16> {
    while let Some(line) = output.next_line().await? {
        if let Some((_, rest)) = line.split_once("successfully on port ") {
            return Ok(rest.trim_end_matches('.').parse()?);
        }
    }
    bail!("the driver ended at once")
}
