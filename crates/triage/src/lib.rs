//! Baton triage.
