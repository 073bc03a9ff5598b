//! Pure transforms of what the sensors saw: secrets are masked, records are put
//! on one clock, the browser is named. No browser, no I/O, no clock.
//!
//! Everything that leaves the page goes through one [`redact::Redactor`], which
//! counts what it masked by section and kind, never by content.
//!
//! ```
//! use baton_evidence::redact::{Policy, Redactor, Scope};
//!
//! let mut redactor = Redactor::new(Policy::default());
//! let line = redactor.text(
//!     "evidence.console",
//!     "login failed for ann@example.com, password=hunter2",
//!     Scope::All,
//! );
//! assert_eq!(line, "login failed for [e-mail], password=[password]");
//! assert_eq!(redactor.into_report().len(), 2);
//! ```

#[cfg(feature = "bundle")]
pub mod bundle;
pub mod environment;
#[cfg(feature = "export")]
pub mod export;
pub mod fingerprint;
pub mod integrity;
pub mod normalise;
pub mod packet;
mod raw;
pub mod redact;
pub mod replay;
pub mod slice;
pub mod timeline;
#[cfg(feature = "viewer")]
pub mod viewer;
pub mod words;
