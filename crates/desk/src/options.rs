//! The desk's command-line options.

use std::ffi::OsString;
use std::path::PathBuf;

use axum::http::HeaderValue;
use lexopt::{Arg, ValueExt};

use crate::conversation;

/// The token where none is given: good for a desk that only this machine reaches.
pub const DEFAULT_TOKEN: &str = "demo";

/// What `--help` prints.
pub const HELP: &str = "\
Receives handoff packets and shows them to a human.

Usage: baton-desk --data DIR [options]

  --data DIR             folder of the database and the evidence files
  --listen ADDR:PORT     where to listen; port 0 takes any [127.0.0.1:8080]
  --token TOKEN          what agents sign in with [demo]
  --allow-origin ORIGIN  a page that may deliver from another origin; repeatable
  --site DIR             static files to serve at /
  --agent-name NAME      who answers where an agent gives no name [Support]
  --demo                 serve the API of the demo application at /api
  --demo-agent           with --demo: a made-up agent answers by itself
";

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Serve with these options.
    Serve(Options),
    /// Print [`HELP`].
    Help,
}

/// How to run a desk.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address and port to listen on.
    pub listen: String,
    /// Folder of the database and the evidence files; made if missing.
    pub data: PathBuf,
    /// What agents prove themselves with, on the API and when signing in.
    pub token: String,
    /// Origins whose pages may deliver packets, for example `https://app.example`.
    pub allow_origins: Vec<HeaderValue>,
    /// Static files to serve at `/`.
    pub site: Option<PathBuf>,
    /// Who answers where an agent gives no name.
    pub agent_name: String,
    /// Whether to serve the demo application's API.
    pub demo: bool,
    /// Demo only: whether a made-up agent answers by itself.
    pub demo_agent: bool,
}

impl Options {
    /// The defaults, with everything kept in this folder.
    #[must_use]
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            data: data.into(),
            token: DEFAULT_TOKEN.to_owned(),
            allow_origins: Vec::new(),
            site: None,
            agent_name: "Support".to_owned(),
            demo: false,
            demo_agent: false,
        }
    }
}

/// Why the command line was not understood.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// An unknown option, or a value missing or unreadable.
    #[error(transparent)]
    Syntax(#[from] lexopt::Error),
    /// `--data` was not given.
    #[error("--data is required")]
    NoData,
    /// `--token ""`.
    #[error("--token must not be empty")]
    EmptyToken,
    /// `--demo-agent` on a desk with real customers.
    #[error("--demo-agent is for --demo only")]
    DemoAgent,
    /// `--agent-name` shows nothing, or is too long.
    #[error("--agent-name {0:?} is not a name of 1 to 60 characters")]
    AgentName(String),
    /// `--allow-origin` is not `scheme://host[:port]`.
    #[error("--allow-origin {0:?} is not an origin such as https://app.example")]
    Origin(String),
}

/// Reads the arguments that follow the program's name.
///
/// # Errors
/// [`OptionsError`] names the option that is wrong.
pub fn parse(
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
) -> Result<Command, OptionsError> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut options = Options::new("");
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("listen") => options.listen = parser.value()?.string()?,
            Arg::Long("data") => options.data = parser.value()?.into(),
            Arg::Long("token") => options.token = parser.value()?.string()?,
            Arg::Long("allow-origin") => {
                options.allow_origins.push(origin(&parser.value()?.string()?)?);
            }
            Arg::Long("site") => options.site = Some(parser.value()?.into()),
            Arg::Long("agent-name") => options.agent_name = agent_name(parser.value()?.string()?)?,
            Arg::Long("demo") => options.demo = true,
            Arg::Long("demo-agent") => options.demo_agent = true,
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    if options.data.as_os_str().is_empty() {
        return Err(OptionsError::NoData);
    }
    if options.demo_agent && !options.demo {
        return Err(OptionsError::DemoAgent);
    }
    if options.token.is_empty() {
        return Err(OptionsError::EmptyToken);
    }
    Ok(Command::Serve(options))
}

fn agent_name(text: String) -> Result<String, OptionsError> {
    conversation::agent_name(&text).ok_or(OptionsError::AgentName(text))
}

// Compared byte for byte with the `Origin` header, so a trailing slash or a
// path would silently never match.
fn origin(text: &str) -> Result<HeaderValue, OptionsError> {
    let refused = || OptionsError::Origin(text.to_owned());
    let (scheme, authority) = text.split_once("://").ok_or_else(refused)?;
    let is_plain = !authority.is_empty()
        && !authority.contains(['/', '?', '#', '@', '*'])
        && !text.contains(|c: char| c.is_ascii_uppercase() || !c.is_ascii_graphic());
    if !matches!(scheme, "http" | "https") || !is_plain {
        return Err(refused());
    }
    HeaderValue::from_str(text).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::{Command, parse};

    fn error(arguments: &[&str]) -> String {
        parse(arguments.iter().copied()).unwrap_err().to_string()
    }

    #[test]
    fn every_option_is_read() {
        let arguments = [
            "--listen=0.0.0.0:0",
            "--data",
            "d",
            "--token",
            "t",
            "--allow-origin",
            "https://a.example",
            "--allow-origin=http://localhost:9000",
            "--site",
            "s",
            "--agent-name=Mia",
            "--demo",
            "--demo-agent",
        ];
        let Ok(Command::Serve(options)) = parse(arguments) else { panic!("refused") };
        assert_eq!((options.listen.as_str(), options.token.as_str()), ("0.0.0.0:0", "t"));
        assert_eq!(options.allow_origins, ["https://a.example", "http://localhost:9000"]);
        assert!(
            options.demo
                && options.demo_agent
                && options.site.is_some()
                && options.agent_name == "Mia"
        );
    }

    #[test]
    fn an_origin_that_could_never_match_is_refused() {
        for text in ["a.example", "https://a.example/", "*", "https://A.example", "null"] {
            assert!(error(&["--data", "d", "--allow-origin", text]).contains("not an origin"));
        }
    }

    #[test]
    fn wrong_arguments_are_named() {
        assert!(error(&["--data", "d", "--port", "1"]).contains("--port"));
        assert!(error(&["--data", "d", "--token", ""]).contains("--token"));
        assert!(error(&["--data", "d", "--agent-name", " "]).contains("--agent-name"));
        assert!(error(&["--data", "d", "--demo-agent"]).contains("--demo only"));
        assert!(error(&[]).contains("--data"));
    }
}
