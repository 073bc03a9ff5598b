//! Turns a packet into a format that another tool opens.

fn main() {}
