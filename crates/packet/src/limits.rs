//! Size caps of a packet, shared by the widget (which leaves evidence out before
//! it freezes a packet) and the receiver (which refuses what is over).

/// Largest packet document, in bytes of JSON.
pub const MAX_PACKET_BYTES: usize = 4 * 1024 * 1024;
/// Largest single attachment, in bytes.
pub const MAX_ATTACHMENT_BYTES: usize = 10 * 1024 * 1024;
/// Largest sum of a packet and its attachments, in bytes.
pub const MAX_TOTAL_BYTES: usize = 40 * 1024 * 1024;
/// Most attachments in one packet.
pub const MAX_ATTACHMENTS: usize = 32;
/// Most messages in a transcript.
pub const MAX_MESSAGES: usize = 1000;
/// Longest text of one message, in bytes of UTF-8.
pub const MAX_MESSAGE_BYTES: usize = 64 * 1024;
/// Largest replay that travels in the document, in bytes of JSON; a larger one is a file.
pub const MAX_INLINE_REPLAY_BYTES: usize = 512 * 1024;
/// Most pictures in one packet.
pub const MAX_SCREENSHOTS: usize = 5;
/// Overrides in a packet.
pub const MAX_OVERRIDES: usize = 20;
