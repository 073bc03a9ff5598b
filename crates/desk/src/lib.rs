//! Baton desk.
