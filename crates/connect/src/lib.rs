//! Baton connect.
