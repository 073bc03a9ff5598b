//! Baton evidence.
