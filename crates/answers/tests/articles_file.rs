//! The file of an index: read as it was written, or refused.

use std::sync::LazyLock;

use baton_answers::articles::{Article, Feed, FileError, Index, read_markdown};
use proptest::prelude::*;

const HELP: &str = include_str!("../../../www/demo/articles.md");
/// Magic, format, checksum.
const HEAD: usize = 18;

fn help() -> Index {
    Index::build(read_markdown(HELP)).index
}

/// FNV-1a, 64 bits, folded: as the file has it.
fn sum(file: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for byte in &file[HEAD..] {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash ^ (hash >> 32)
}

fn seal(file: &mut [u8]) {
    let sum = sum(file);
    file[10..HEAD].copy_from_slice(&sum.to_le_bytes());
}

#[test]
fn a_file_is_read_as_it_was_written() {
    let index = help();
    let bytes = index.to_bytes();
    let read = Index::from_bytes(&bytes).unwrap();
    assert_eq!(read, index);
    assert_eq!(read.to_bytes(), bytes);
    let (built, read) =
        (index.search("reset pasword", None, 3), read.search("reset pasword", None, 3));
    assert_eq!(built[0].article.id, "reset-password");
    assert_eq!(format!("{built:?}"), format!("{read:?}"));
}

#[test]
fn an_empty_index_has_a_file() {
    let index = Index::build(Feed::default()).index;
    let read = Index::from_bytes(&index.to_bytes()).unwrap();
    assert_eq!(read, index);
    assert!(read.search("anything", Some("en"), 3).is_empty());
}

#[test]
fn the_same_articles_make_the_same_file() {
    assert_eq!(help().to_bytes(), help().to_bytes());
}

#[test]
fn what_is_no_file_of_this_build_is_told_apart() {
    let bytes = help().to_bytes();
    let with = |place: usize, byte: u8| {
        let mut other = bytes.clone();
        other[place] = byte;
        Index::from_bytes(&other).unwrap_err()
    };
    assert_eq!(Index::from_bytes(b""), Err(FileError::NotAnIndex));
    assert_eq!(Index::from_bytes(b"<!doctype html><title>404</title>"), Err(FileError::NotAnIndex));
    assert_eq!(with(0, b'X'), FileError::NotAnIndex);
    assert_eq!(with(8, 2), FileError::Newer(2));
    assert_eq!(with(8, 0), FileError::Older(0));
    assert_eq!(with(10, !bytes[10]), FileError::Damaged);
    assert_eq!(with(bytes.len() - 1, !bytes[bytes.len() - 1]), FileError::Damaged);
    assert_eq!(Index::from_bytes(&bytes[..bytes.len() / 2]), Err(FileError::Damaged));
    assert_eq!(Index::from_bytes(&bytes[..12]), Err(FileError::Damaged));
    let newer = FileError::Newer(2).to_string();
    assert_eq!(newer, "the file of articles has format 2, newer than this build reads");
}

#[test]
fn a_script_cannot_come_in_as_a_link() {
    let article = Article {
        id: "a".into(),
        title: "A".into(),
        url: "https://x/y".into(),
        ..Article::default()
    };
    let mut bytes =
        Index::build(Feed { articles: vec![article], ..Feed::default() }).index.to_bytes();
    let at = bytes.windows(11).position(|window| window == b"https://x/y").unwrap();
    bytes[at..at + 11].copy_from_slice(b"javascript:");
    seal(&mut bytes);
    assert_eq!(Index::from_bytes(&bytes), Err(FileError::Malformed));
}

/// Words in a file are stems, and groups of synonyms are numbers: who changes how either
/// is made must raise `FORMAT`, so that files of older builds are refused, and then put
/// the new sum here.
#[test]
fn the_format_is_raised_when_words_are_read_otherwise() {
    let text = "---\nsynonyms: gizmo, widget\n---\n\
# Cancelled invitations, notifications and e-mails\nid: en\n\
Reset your password, see charts and how much they cost. The users' companies. A widget.\n\
# Gekündigte Rechnungsadressen ändern\nid: de\nlang: de\nWas kostet das? Größe, Straße.\n\
# Résiliation des abonnements\nid: fr\nlang: fr\nCombien ? Factures et paiements.\n\
# Cancelación de suscripciones\nid: es\nlang: es\n¿Cuánto cuesta? Contraseñas.\n\
# Opções de faturamento\nid: pt\nlang: pt-BR\nCancelamentos.\n\
# Fatturazione degli utenti\nid: it\nlang: it\nPagamenti.\n\
# Facturen en instellingen\nid: nl\nlang: nl\nGebruikers.\n\
# إنشاء الفواتير\nid: ar\nlang: ar\nافتح صفحة الحسابات.\n\
# 請求書の発行\nid: ja\nlang: ja\nページを開きます。\n";
    let bytes = Index::build(read_markdown(text)).index.to_bytes();
    assert_eq!((bytes[8], sum(&bytes)), (1, 14_624_007_630_349_770_139), "see this test's comment");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Whatever happens to a file on its way is noticed by the checksum.
    #[test]
    fn damage_is_noticed(at in any::<prop::sample::Index>(), bits in 1..=255_u8, cut in any::<bool>()) {
        let mut bytes = small();
        let at = at.index(bytes.len());
        match cut {
            true => bytes.truncate(at),
            false => bytes[at] ^= bits,
        }
        prop_assert!(Index::from_bytes(&bytes).is_err());
    }

    /// Nor does a file that was made to deceive, its checksum right, break anything: it
    /// is refused, or it can be searched.
    #[test]
    fn malice_does_no_harm(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        length in any::<Option<prop::sample::Index>>(),
    ) {
        let mut bytes = small();
        for (at, byte) in changes {
            let at = HEAD + at.index(bytes.len() - HEAD);
            bytes[at] = byte;
        }
        if let Some(length) = length {
            bytes.truncate(HEAD + length.index(bytes.len() - HEAD));
        }
        seal(&mut bytes);
        if let Ok(index) = Index::from_bytes(&bytes) {
            for hit in index.search("reset my pasword on the ledger account", Some("en"), 3) {
                prop_assert!(hit.quote().chars().count() <= 600);
                prop_assert!((0.0..=1.0).contains(&hit.confidence), "{}", hit.confidence);
            }
        }
    }
}

/// A file of few bytes, so that changes hit every part of it.
fn small() -> Vec<u8> {
    static FILE: LazyLock<Vec<u8>> = LazyLock::new(made);
    FILE.clone()
}

fn made() -> Vec<u8> {
    let feed = read_markdown(
        "---\nsynonyms: ledger, book\n---\n# Reset\nid: a\ntags: pw\n\nReset your password.\n\
# Account\nurl: /b\n\nOpen **Account** in the book.\n# Konto\nlang: de\n\nDas Kontobuch.\n",
    );
    Index::build(feed).index.to_bytes()
}
