//! The index as one file, so that a page need not build it.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `BTNARTCL` |
//! | 2 | format, [`FORMAT`], little-endian |
//! | 8 | [`fnv1a`] of all that follows, little-endian |
//! | … | the articles, the feed's synonyms, the sections |
//!
//! In it numbers are LEB128 and texts their length and UTF-8. A list is its length and
//! its entries. An article: id, title, body, url, language, tags. A section: tag of the
//! language; documents (article, words of the title, of the body); terms, rising; then
//! for each term its postings: how many, and of each the distance to the document
//! before, the count in the title, the count in the body.

use super::article::{Article, is_safe_url, limits};
use super::index::{Document, Index, Posting, Section};
use super::language::Language;
use super::synonyms::Phrases;
use super::terms::{Terms, fnv1a};

const MAGIC: &[u8; 8] = b"BTNARTCL";
/// The format that this build writes and reads. Words in a file are stems, so whatever
/// changes them (`words`, `language`, `stem`, `synonyms`) makes a new format.
const FORMAT: u16 = 1;
const HEAD: usize = MAGIC.len() + 2 + 8;
/// Larger files are no index.
const MOST_BYTES: usize = 4 * limits::BYTES;

/// Why a file is no index that this build can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    /// It does not begin as an index of articles does.
    NotAnIndex,
    /// It was made by a newer build; its format.
    Newer(u16),
    /// It was made by an older build: make it anew.
    Older(u16),
    /// It is not what was written: cut off or changed on the way.
    Damaged,
    /// It arrived as it was written, but was not written as an index is.
    Malformed,
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let other = |f: &mut std::fmt::Formatter<'_>, format: u16, than: &str| {
            f.write_str("the file of articles has format ")?;
            f.write_str(&format.to_string())?;
            f.write_str(than)
        };
        match self {
            Self::NotAnIndex => f.write_str("this is not a file of articles"),
            Self::Newer(format) => other(f, *format, ", newer than this build reads"),
            Self::Older(format) => other(f, *format, ", older than this build reads: make it anew"),
            Self::Damaged => {
                f.write_str("the file of articles is damaged: its checksum does not match")
            }
            Self::Malformed => f.write_str("the file of articles is malformed"),
        }
    }
}

impl std::error::Error for FileError {}

impl Index {
    /// The file of this index.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Writer(Vec::new());
        body.number(self.articles.len());
        for article in &self.articles {
            for text in
                [&article.id, &article.title, &article.body, &article.url, &article.language]
            {
                body.text(text);
            }
            body.texts(&article.tags);
        }
        body.number(self.synonyms.len());
        for group in &self.synonyms {
            body.texts(group);
        }
        body.number(self.sections.len());
        for section in &self.sections {
            body.section(section);
        }
        let mut file = MAGIC.to_vec();
        file.extend(FORMAT.to_le_bytes());
        file.extend(fnv1a(&body.0).to_le_bytes());
        file.extend(body.0);
        file
    }

    /// Whether these bytes begin as a file of an index does.
    #[must_use]
    pub fn is_file(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads an index from the bytes of its file. A file that is not exactly as it was
    /// written is refused.
    ///
    /// # Errors
    ///
    /// If it is no index, of another format, damaged or malformed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FileError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(FileError::NotAnIndex)?;
        let (format, rest) = rest.split_first_chunk().ok_or(FileError::NotAnIndex)?;
        match u16::from_le_bytes(*format) {
            FORMAT => {}
            newer if newer > FORMAT => return Err(FileError::Newer(newer)),
            older => return Err(FileError::Older(older)),
        }
        let (hash, body) = rest.split_first_chunk().ok_or(FileError::Damaged)?;
        if bytes.len() > MOST_BYTES {
            return Err(FileError::Malformed);
        }
        if u64::from_le_bytes(*hash) != fnv1a(body) {
            return Err(FileError::Damaged);
        }
        debug_assert_eq!(bytes.len() - body.len(), HEAD);
        Reader(body).index().ok_or(FileError::Malformed)
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut number: usize) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend(text.bytes());
    }

    fn texts(&mut self, texts: &[String]) {
        self.number(texts.len());
        texts.iter().for_each(|text| self.text(text));
    }

    fn section(&mut self, section: &Section) {
        self.text(&section.tag);
        self.number(section.documents.len());
        for document in &section.documents {
            for number in [document.article, document.title, document.body] {
                self.number(number.into());
            }
        }
        self.number(section.terms.len());
        for term in 0..section.terms.len() {
            self.text(section.terms.get(term));
            let postings = section.postings(term);
            self.number(postings.len());
            let mut before = 0;
            for posting in postings {
                self.number((posting.document - before).into());
                self.0.extend([posting.title, posting.body]);
                before = posting.document;
            }
        }
    }
}

/// What of the file is not read yet. `None` where it is not as it should be.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn index(mut self) -> Option<Index> {
        let mut articles = Vec::new();
        for _ in 0..self.count(limits::ARTICLES)? {
            let article = Article {
                id: self.text()?,
                title: self.text()?,
                body: self.text()?,
                url: self.text()?,
                language: self.text()?,
                tags: self.texts(limits::TAGS)?,
            };
            articles.push(Some(article).filter(|article| is_safe_url(&article.url))?);
        }
        let mut synonyms = Vec::new();
        for _ in 0..self.count(limits::SYNONYMS)? {
            synonyms.push(self.texts(limits::GROUP)?);
        }
        let mut sections = Vec::new();
        for _ in 0..self.count(articles.len())? {
            sections.push(self.section(articles.len(), &synonyms)?);
        }
        self.0.is_empty().then_some(Index { articles, synonyms, sections })
    }

    fn section(&mut self, articles: usize, synonyms: &[Vec<String>]) -> Option<Section> {
        let tag = self.text()?;
        let mut documents = Vec::new();
        for _ in 0..self.count(articles)? {
            let article = self.small()?;
            let document = Document { article, title: self.small()?, body: self.small()? };
            documents.push(document);
            if usize::from(article) >= articles {
                return None;
            }
        }
        let mut terms = Terms::default();
        let (mut starts, mut postings) = (vec![0], Vec::new());
        for number in 0..self.count(usize::MAX)? {
            let term = self.text()?;
            if number > 0 && terms.get(number - 1) >= &*term {
                return None;
            }
            terms.push(&term);
            for place in 0..self.count(documents.len())? {
                let before = if place > 0 { postings.last() } else { None };
                let posting = self.posting(before)?;
                if usize::from(posting.document) >= documents.len() {
                    return None;
                }
                postings.push(posting);
            }
            starts.push(u32::try_from(postings.len()).ok()?);
        }
        let language = Language::of(&tag);
        let mean = Section::means(&documents);
        let phrases = Phrases::new(language, synonyms);
        Some(Section { tag, language, phrases, terms, starts, postings, documents, mean })
    }

    fn posting(&mut self, before: Option<&Posting>) -> Option<Posting> {
        let distance = self.small()?;
        if before.is_some() && distance == 0 {
            return None;
        }
        let document = before.map_or(0, |before| before.document).checked_add(distance)?;
        let ([title, body], rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(Posting { document, title: *title, body: *body })
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21] {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number as usize);
            }
        }
        None
    }

    /// How many entries follow: each has a byte at least.
    fn count(&mut self, most: usize) -> Option<usize> {
        let count = self.number()?;
        (count <= most && count <= self.0.len()).then_some(count)
    }

    fn small(&mut self) -> Option<u16> {
        self.number()?.try_into().ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.number()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok().map(str::to_owned)
    }

    fn texts(&mut self, most: usize) -> Option<Vec<String>> {
        (0..self.count(most)?).map(|_| self.text()).collect()
    }
}
