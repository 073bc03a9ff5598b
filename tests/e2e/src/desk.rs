//! The real desk, as a process of its own on a free port.

use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail, ensure};
use baton_packet::{Packet, Timestamp};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{ChildStdout, Command};

use crate::{scenario, workspace};

const TOKEN: &str = "demo";
const START_LIMIT: Duration = Duration::from_secs(20);

/// A desk that serves the demo page. It runs until the scenario has ended; then
/// its data is removed.
pub struct Desk {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub url: String,
    client: reqwest::Client,
}

impl Desk {
    /// Starts one that only its own pages deliver to.
    ///
    /// # Errors
    /// Something was not built, or the desk does not start.
    pub async fn start() -> Result<Self> {
        Self::start_for(&[]).await
    }

    /// Starts one that pages of these origins may deliver to, too.
    ///
    /// # Errors
    /// Something was not built, or the desk does not start.
    pub async fn start_for(origins: &[&str]) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let mut command = Command::new(workspace::desk()?);
        command.args(["--listen", "127.0.0.1:0", "--demo"]);
        command.arg("--data").arg(data.path()).arg("--site").arg(workspace::site()?);
        for origin in origins {
            command.args(["--allow-origin", origin]);
        }
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("cannot start the desk")?;
        let stdout = process.stdout.take().context("the desk has no output")?;
        let mut output = BufReader::new(stdout).lines();
        let url = tokio::time::timeout(START_LIMIT, address(&mut output))
            .await
            .context("the desk does not say its address")??;
        scenario::keep((process, output, data));
        Ok(Self { url, client: reqwest::Client::new() })
    }

    async fn get(&self, path: &str) -> Result<Vec<u8>> {
        let request = self.client.get(format!("{}{path}", self.url)).bearer_auth(TOKEN);
        let response = request.send().await?;
        ensure!(response.status().is_success(), "GET {path}: {}", response.status());
        Ok(response.bytes().await?.to_vec())
    }

    /// Posts JSON to a route below `/v1/handoffs` with this token and gives the answer.
    ///
    /// # Errors
    /// It is refused.
    pub async fn post(&self, route: &str, token: &str, body: &Value) -> Result<Value> {
        let request = self.client.post(format!("{}/v1/handoffs{route}", self.url));
        let response = request.bearer_auth(token).json(body).send().await?;
        ensure!(response.status().is_success(), "POST {route}: {}", response.text().await?);
        Ok(response.json().await?)
    }

    /// Posts as the team: an answer (`replies`) or a signal (`events`).
    ///
    /// # Errors
    /// It is refused.
    pub async fn post_as_team(&self, id: &str, route: &str, body: &Value) -> Result<Value> {
        self.post(&format!("/{id}/{route}"), TOKEN, body).await
    }

    /// What happened after this event, once there is something or ten seconds are over.
    ///
    /// # Errors
    /// It is refused.
    pub async fn wait_for_events(&self, id: &str, token: &str, after: u64) -> Result<Value> {
        let request =
            self.client.get(format!("{}/v1/handoffs/{id}/replies?after={after}", self.url));
        let request = request.bearer_auth(token).header("prefer", "wait=10");
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    /// The stored bytes of a packet.
    ///
    /// # Errors
    /// It is not there.
    pub async fn packet_bytes(&self, id: &str) -> Result<Vec<u8>> {
        self.get(&format!("/v1/handoffs/{id}")).await
    }

    /// A stored packet, read and validated as the desk does.
    ///
    /// # Errors
    /// It is not there, or is not valid.
    pub async fn packet(&self, id: &str) -> Result<Packet> {
        Ok(Packet::from_json(&self.packet_bytes(id).await?)?)
    }

    /// The bytes of a packet's file.
    ///
    /// # Errors
    /// It is not there.
    pub async fn attachment(&self, id: &str, name: &str) -> Result<Vec<u8>> {
        self.get(&format!("/v1/handoffs/{id}/attachments/{name}")).await
    }

    /// The status of a GET without any token.
    ///
    /// # Errors
    /// The desk does not answer.
    pub async fn status(&self, path: &str) -> Result<u16> {
        let request = self.client.get(format!("{}{path}", self.url));
        Ok(request.send().await?.status().as_u16())
    }

    /// What an agent of this name answers.
    ///
    /// # Errors
    /// The desk does not take it.
    pub async fn reply(&self, id: &str, name: &str, text: &str) -> Result<()> {
        let at = Timestamp::from_unix_ms(
            SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as f64
        );
        let message = json!({ "id": uuid(), "text": text, "at": at, "name": name });
        let url = format!("{}/v1/handoffs/{id}/replies", self.url);
        let response = self.client.post(url).bearer_auth(TOKEN).json(&message).send().await?;
        ensure!(response.status().is_success(), "reply: {}", response.text().await?);
        Ok(())
    }

    /// The conversation as the team's API tells it.
    ///
    /// # Errors
    /// It is not there.
    pub async fn conversation(&self, id: &str) -> Result<Value> {
        Ok(serde_json::from_slice(&self.get(&format!("/v1/handoffs/{id}/conversation")).await?)?)
    }

    /// The ids of everything that was handed over, newest first.
    ///
    /// # Errors
    /// The desk does not answer.
    pub async fn ids(&self) -> Result<Vec<String>> {
        let list: Value = serde_json::from_slice(&self.get("/v1/handoffs").await?)?;
        let handoffs = list["handoffs"].as_array().context("no list")?;
        Ok(handoffs.iter().filter_map(|one| one["id"].as_str().map(str::to_owned)).collect())
    }
}

/// Different each time in one run.
fn uuid() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("00000000-0000-4000-8000-{:012x}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// "desk listening on http://127.0.0.1:41327"
async fn address(output: &mut Lines<BufReader<ChildStdout>>) -> Result<String> {
    while let Some(line) = output.next_line().await? {
        if let Some((_, url)) = line.split_once("listening on ") {
            return Ok(url.trim().to_owned());
        }
    }
    bail!("the desk ended at once")
}
