//! The parts of a delivery: its JSON document in memory, files on disk.

use std::collections::HashMap;
use std::error::Error;

use axum::body::{Bytes, to_bytes};

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use baton_packet::{Attachment, attachment::is_sha256_hex, limits};
use http_body_util::LengthLimitError;

use crate::Desk;
use crate::problem::Problem;
use crate::store::Received;

/// Room for the boundaries and headers of a multipart body.
pub const MULTIPART_OVERHEAD_BYTES: usize = 64 * 1024;

/// The JSON document of a delivery.
pub struct Document {
    /// Name of its part.
    pub name: &'static str,
    /// Its largest size.
    pub max_bytes: usize,
}

/// What one request delivered.
pub struct Parts {
    /// The document's bytes as received.
    pub document: Bytes,
    files: HashMap<String, Received>,
}

impl Parts {
    /// Reads `multipart/form-data`, or plain JSON as a document without files.
    pub async fn read(request: Request, desk: &Desk, of: &Document) -> Result<Self, Problem> {
        match media_type(&request).as_str() {
            "application/json" => {
                let document = to_bytes(request.into_body(), of.max_bytes)
                    .await
                    .map_err(|error| unreadable(error, of))?;
                Ok(Self { document, files: HashMap::new() })
            }
            "multipart/form-data" => {
                let multipart = Multipart::from_request(request, &())
                    .await
                    .map_err(|rejection| Problem::bad_request(rejection.body_text()))?;
                Self::read_multipart(multipart, desk, of).await
            }
            _ => Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send multipart/form-data or application/json",
            )),
        }
    }

    async fn read_multipart(
        mut multipart: Multipart,
        desk: &Desk,
        of: &Document,
    ) -> Result<Self, Problem> {
        let mut document = None;
        let mut files = HashMap::new();
        while let Some(field) = multipart.next_field().await.map_err(refused)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == of.name && document.is_none() {
                document = Some(read_document(field, of).await?);
            } else if is_sha256_hex(&name) && !files.contains_key(&name) {
                if files.len() == limits::MAX_ATTACHMENTS {
                    return Err(Problem::too_large("too many attachments"));
                }
                files.insert(name, read_file(field, desk).await?);
            } else {
                return Err(Problem::field(name, "is no part of a delivery, or is there twice"));
            }
        }
        let document = document.ok_or_else(|| Problem::field(of.name, "the part is missing"))?;
        Ok(Self { document, files })
    }

    /// The files, each found to be what the manifest says it is.
    pub async fn check_files(
        &mut self,
        manifest: &[Attachment],
    ) -> Result<Vec<(String, Received)>, Problem> {
        let mut checked = Vec::with_capacity(self.files.len());
        for (sha256, mut file) in self.files.drain() {
            let sizes: Vec<u64> = manifest
                .iter()
                .filter_map(|entry| (entry.sha256 == sha256).then_some(entry.size))
                .collect();
            if sizes.is_empty() {
                return Err(Problem::field(sha256, "is not in the manifest"));
            }
            for size in sizes {
                if !file.is(size, &sha256).await? {
                    return Err(Problem::field(sha256, "the bytes are not those of the manifest"));
                }
            }
            checked.push((sha256, file));
        }
        Ok(checked)
    }
}

fn media_type(request: &Request) -> String {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = value.unwrap_or_default().split(';').next().unwrap_or_default();
    media_type.trim().to_ascii_lowercase()
}

async fn read_document(mut field: Field<'_>, of: &Document) -> Result<Bytes, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(refused)? {
        if bytes.len() + chunk.len() > of.max_bytes {
            return Err(too_large(of));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.into())
}

/// One file, as far as it may be large.
pub async fn read_file(mut field: Field<'_>, desk: &Desk) -> Result<Received, Problem> {
    let mut file = desk.store.files.receive()?;
    while let Some(chunk) = field.chunk().await.map_err(refused)? {
        file.write(&chunk).await?;
        if file.size() > limits::MAX_ATTACHMENT_BYTES as u64 {
            return Err(Problem::too_large("an attachment is too large"));
        }
    }
    Ok(file)
}

fn too_large(of: &Document) -> Problem {
    Problem::too_large(format!("the {} is too large", of.name))
}

fn unreadable(error: axum::Error, of: &Document) -> Problem {
    if error.source().is_some_and(|cause| cause.is::<LengthLimitError>()) {
        return too_large(of);
    }
    Problem::bad_request(error.to_string())
}

/// Why a multipart body cannot be read on.
pub fn refused(error: MultipartError) -> Problem {
    Problem::new(error.status(), error.body_text())
}
