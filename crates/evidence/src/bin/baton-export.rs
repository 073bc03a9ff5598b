//! Turns a packet into a format that another tool opens.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use baton_evidence::export::{Format, export};
use baton_evidence::integrity::{Broken, verify};
use baton_packet::{Packet, sha256_hex, validate};
use lexopt::prelude::*;

const HELP: &str = "\
Turns a Baton packet into a format that another tool opens.

Usage: baton-export --packet packet.json --format FORMAT --out FILE

  --packet FILE     the packet; its attachments are looked for beside it, by name
  --format FORMAT   har, recorder, playwright, markdown, curl, rrweb, steps or console
  --out FILE        where to write it; - for the standard output
  --help            this text

Ends with 1 if the packet cannot be used and with 2 if the command is wrong.
";

struct Arguments {
    packet: PathBuf,
    format: Format,
    out: PathBuf,
}

/// A fault and the exit code it has.
struct Fault(u8, String);

impl Fault {
    fn usage(problem: impl fmt::Display) -> Self {
        Self(2, format!("{problem}; see baton-export --help"))
    }

    fn packet(problem: impl fmt::Display) -> Self {
        Self(1, problem.to_string())
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Fault(code, problem)) => {
            eprintln!("baton-export: {problem}");
            ExitCode::from(code)
        }
    }
}

fn run() -> Result<(), Fault> {
    let Some(arguments) = arguments()? else {
        print!("{HELP}");
        return Ok(());
    };
    let packet = read(&arguments.packet)?;
    let folder = arguments.packet.parent().unwrap_or(Path::new(""));
    let text = export(arguments.format, &packet, &|name| attachment(&packet, folder, name))
        .map_err(Fault::packet)?;
    if arguments.out == Path::new("-") {
        return std::io::stdout().write_all(text.as_bytes()).map_err(Fault::packet);
    }
    std::fs::write(&arguments.out, text)
        .map_err(|error| Fault::usage(format!("{}: {error}", arguments.out.display())))
}

/// `None` if only help is wanted.
fn arguments() -> Result<Option<Arguments>, Fault> {
    let (mut packet, mut format, mut out) = (None, None, None);
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next().map_err(Fault::usage)? {
        match argument {
            Long("packet") => packet = Some(PathBuf::from(value(&mut parser)?)),
            Long("out") => out = Some(PathBuf::from(value(&mut parser)?)),
            Long("format") => {
                let name = value(&mut parser)?;
                let known = name.to_str().and_then(Format::parse);
                let unknown = || Fault::usage(format!("no format {}", name.to_string_lossy()));
                format = Some(known.ok_or_else(unknown)?);
            }
            Long("help") | Short('h') => return Ok(None),
            other => return Err(Fault::usage(other.unexpected())),
        }
    }
    let missing = |name: &'static str| move || Fault::usage(format!("--{name} is missing"));
    Ok(Some(Arguments {
        packet: packet.ok_or_else(missing("packet"))?,
        format: format.ok_or_else(missing("format"))?,
        out: out.ok_or_else(missing("out"))?,
    }))
}

fn value(parser: &mut lexopt::Parser) -> Result<std::ffi::OsString, Fault> {
    parser.value().map_err(Fault::usage)
}

/// A packet of a version known here. More is not asked for: a draft that nobody has
/// approved, as `Baton.buildPacket()` gives it, is of use to QA.
fn read(path: &Path) -> Result<Packet, Fault> {
    let fault =
        |problem: &dyn fmt::Display| Fault::packet(format!("{}: {problem}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| fault(&error))?;
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|error| fault(&error))?;
    // `buildPacket()` resolves to the packet and its files.
    let value = match value.get("packet") {
        Some(packet) if value.get("schema_version").is_none() => packet.clone(),
        _ => value,
    };
    let version = value.get("schema_version").and_then(serde_json::Value::as_str);
    if !validate::is_readable_version(version.unwrap_or_default()) {
        let version = version.unwrap_or("none");
        return Err(fault(&format!("schema_version {version} is not readable here")));
    }
    match verify(&value) {
        Ok(()) | Err(Broken::Unsealed) => {}
        Err(broken) => eprintln!("baton-export: warning: {broken}"),
    }
    let packet: Packet = serde_json::from_value(value).map_err(|error| fault(&error))?;
    let problems = validate::validate(&packet);
    if !problems.is_empty() {
        eprintln!("baton-export: warning: {}", validate::join(&problems));
    }
    Ok(packet)
}

/// A file of the manifest, if it is there and is the one.
fn attachment(packet: &Packet, folder: &Path, name: &str) -> Option<Vec<u8>> {
    let entry = packet.attachments.iter().find(|entry| entry.name == name)?;
    // Security: a packet's text must not lead out of its folder.
    let is_plain = Path::new(name).file_name().is_some_and(|file| file == name);
    let bytes = if is_plain { std::fs::read(folder.join(name)).ok() } else { None };
    match bytes {
        Some(bytes) if sha256_hex(&bytes) == entry.sha256 => Some(bytes),
        Some(_) => {
            eprintln!("baton-export: warning: {name} is not the file that the packet names");
            None
        }
        None => {
            eprintln!("baton-export: warning: {name} is not beside the packet");
            None
        }
    }
}
