//! Evidence files, named by the SHA-256 of their bytes.
//!
//! A file is complete or absent: bytes go to a temporary file, are checked and
//! flushed, and only then take their name.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use baton_packet::attachment::is_sha256_hex;
use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempPath};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

/// A file that is arriving and was not written to for this long was left by a desk that
/// is no more.
const LEFT_AFTER: Duration = Duration::from_secs(60 * 60);

/// The folder of evidence files.
#[derive(Clone)]
pub struct Files {
    folder: Arc<Path>,
}

/// Bytes that arrived and are not kept yet; dropped, they are gone.
pub struct Received {
    path: TempPath,
    file: File,
    hash: Sha256,
    size: u64,
}

impl Files {
    /// Makes the folder if needed and clears what an earlier run left half done; what is
    /// younger may be arriving at another process.
    pub async fn open(folder: PathBuf) -> io::Result<Self> {
        let arriving = folder.join("arriving");
        fs::create_dir_all(&arriving).await?;
        let mut files = fs::read_dir(&arriving).await?;
        while let Some(file) = files.next_entry().await? {
            let modified = file.metadata().await.and_then(|known| known.modified());
            let age = modified.ok().and_then(|modified| modified.elapsed().ok());
            if age.is_some_and(|age| age > LEFT_AFTER) {
                // Another process may be faster.
                let _ = fs::remove_file(file.path()).await;
            }
        }
        Ok(Self { folder: folder.into() })
    }

    /// Starts to take bytes.
    pub fn receive(&self) -> io::Result<Received> {
        let (file, path) = NamedTempFile::new_in(self.folder.join("arriving"))?.into_parts();
        Ok(Received { path, file: File::from_std(file), hash: Sha256::new(), size: 0 })
    }

    /// Keeps the bytes under their hash.
    pub async fn keep(&self, received: Received) -> io::Result<()> {
        let (path, file, sha256) = (received.path, received.file, hex(received.hash));
        file.sync_all().await?;
        let target = self.path(&sha256).ok_or(io::ErrorKind::InvalidInput)?;
        let folder = target.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).await?;
        path.persist(&target)?;
        // The rename itself must survive a power cut.
        File::open(folder).await?.sync_all().await
    }

    /// Opens a kept file; none if it is not there.
    pub async fn read(&self, sha256: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(path) = self.path(sha256) else { return Ok(None) };
        match fs::read(path).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    // Security: only a hash becomes a path, so no name from outside can leave
    // the folder.
    fn path(&self, sha256: &str) -> Option<PathBuf> {
        is_sha256_hex(sha256).then(|| self.folder.join(&sha256[..2]).join(sha256))
    }
}

impl Received {
    /// Adds bytes.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.size = self.size.saturating_add(bytes.len() as u64);
        self.file.write_all(bytes).await
    }

    /// Ends the writing. True if the bytes are those that were announced.
    pub async fn is(&mut self, size: u64, sha256: &str) -> io::Result<bool> {
        self.file.flush().await?;
        Ok(self.size == size && hex(self.hash.clone()) == sha256)
    }

    /// Hash of the bytes that arrived so far.
    pub fn sha256(&self) -> String {
        hex(self.hash.clone())
    }

    /// How many bytes arrived.
    pub fn size(&self) -> u64 {
        self.size
    }
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
