//! Feeds as they come: by the schema, malformed, hostile, too large.

use baton_answers::articles::{Article, Builder, Feed, Index, PASSAGE, limits, read_markdown};
use proptest::prelude::*;
use serde_json::{Value, json};

fn article(id: &str, title: &str, body: &str) -> Article {
    Article { id: id.into(), title: title.into(), body: body.into(), ..Article::default() }
}

fn built(articles: Vec<Article>) -> (Index, Vec<String>) {
    let built = Index::build(Feed { articles, ..Feed::default() });
    (built.index, built.skipped)
}

#[test]
fn the_checked_in_schema_is_the_one_of_the_types() {
    let text = serde_json::to_string_pretty(&schemars::schema_for!(Feed)).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/articles.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let checked_in = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        checked_in == text,
        "run UPDATE_SCHEMA=1 cargo test -p baton-answers, then read the diff"
    );
}

#[test]
fn what_the_schema_allows_is_read_whole() {
    let document = json!({
        "language": "de",
        "synonyms": [["anmelden", "einloggen"]],
        "articles": [
            { "title": "Anmelden" },
            { "id": "b", "title": "B", "body": "text", "url": "/b", "language": "en", "tags": ["x"] },
        ],
    });
    let schema = serde_json::to_value(schemars::schema_for!(Feed)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&document));
    assert!(!validator.is_valid(&json!({ "articles": [{ "body": "no title" }] })));
    let read = Feed::read(&document).unwrap();
    assert_eq!(read.skipped, [""; 0]);
    assert_eq!(read.feed.synonyms, [["anmelden", "einloggen"]]);
    let index = Index::build(read.feed).index;
    let [first, second] = index.articles() else { panic!() };
    assert_eq!((&*first.id, &*first.language), ("Anmelden", "de"));
    assert_eq!((&*second.url, &*second.language, second.tags.len()), ("/b", "en", 1));
    assert_eq!(
        index.search("wie kann ich mich einloggen", Some("de"), 1)[0].article.id,
        "Anmelden"
    );
}

#[test]
fn wrong_types_cost_their_article_and_are_told() {
    let document = json!({
        "language": 7,
        "synonyms": [["a", "b"], "c", [1]],
        "articles": [
            { "title": "Good", "tags": null, "url": null },
            { "title": 1 }, "text", null, { "title": "x", "tags": "y" }, { "title": "x", "body": {} },
        ],
    });
    let read = Feed::read(&document).unwrap();
    assert_eq!(read.feed.articles.len(), 3);
    assert_eq!(read.feed.synonyms, [["a", "b"]]);
    assert_eq!(
        read.skipped,
        [
            "synonyms[1] is no list of texts",
            "synonyms[2] is no list of texts",
            "language is no text",
            "articles[1]: title is no text",
            "articles[4]: tags is no list of texts",
            "articles[5]: body is no text",
        ]
    );
    // What has no text at all is left out when it is added.
    let built = Index::build(read.feed);
    assert_eq!(built.index.articles().len(), 1);
    assert_eq!(built.skipped, ["article without a name: it has neither title nor body"; 2]);
}

#[test]
fn what_is_no_feed_is_refused() {
    for (document, problem) in [
        (json!({}), "there is no list of articles"),
        (json!("<html>"), "there is no list of articles"),
        (json!({ "articles": {} }), "articles is no list"),
    ] {
        assert_eq!(Feed::read(&document).unwrap_err(), problem);
    }
    assert_eq!(Feed::read(&json!([{ "title": "A" }])).unwrap().feed.articles.len(), 1);
}

#[test]
fn bodies_lose_their_tags_and_links_their_scripts() {
    let mut hostile = article(
        "a",
        "<b>Reset</b>",
        "<p onclick=x>Open <a href='javascript:x'>it</a></p><script>bad()</script>",
    );
    hostile.url = "javascript:alert(1)".into();
    let (index, skipped) = built(vec![hostile]);
    let article = &index.articles()[0];
    assert_eq!((&*article.title, &*article.body, &*article.url), ("Reset", "Open it", ""));
    assert_eq!(skipped, ["article a: the url is left out: it is not http, https or a path"]);
}

#[test]
fn of_two_with_one_id_the_first_stays() {
    let mut german = article("a", "Drittes", "");
    german.language = "de".into();
    let (index, skipped) =
        built(vec![article("a", "First", ""), article("a", "Second", ""), german]);
    let titles: Vec<_> = index.articles().iter().map(|article| &*article.title).collect();
    assert_eq!(titles, ["First", "Drittes"]);
    assert_eq!(skipped, ["article a: left out: another one has this id and language"]);
}

#[test]
fn what_is_over_the_limits_is_cut_and_told() {
    let mut builder = Builder::new(vec![vec!["x".into(); 50]; 300], "en");
    let mut long = article("long", "Long", &"word ".repeat(40_000));
    long.tags = vec!["t".repeat(500); 30];
    builder.add(long);
    for number in 1..limits::ARTICLES + 2 {
        builder.add(article(&number.to_string(), "Title", "body"));
    }
    let built = builder.finish();
    assert_eq!(built.index.articles().len(), limits::ARTICLES);
    let first = &built.index.articles()[0];
    assert!(first.body.len() <= limits::BODY && first.tags.len() == limits::TAGS);
    assert!(first.tags.iter().all(|tag| tag.len() <= limits::PHRASE));
    assert_eq!(
        built.skipped,
        [
            "only the first 200 groups of synonyms are taken",
            "article long: the body is cut to 100 KB",
            "article long: only the first 20 tags are taken",
            "article 5000: left out: there are 5,000 already",
            "article 5001: left out: there are 5,000 already",
        ]
    );
    Index::from_bytes(&built.index.to_bytes()).unwrap();
}

#[test]
fn more_than_twenty_megabytes_are_not_taken() {
    let body = "one two three four five six seven eight nine ten ".repeat(2_000);
    let articles = (0..220).map(|number| article(&number.to_string(), "Title", &body)).collect();
    let (index, skipped) = built(articles);
    assert!((195..=205).contains(&index.articles().len()), "{}", index.articles().len());
    assert_eq!(skipped.len(), 220 - index.articles().len());
}

#[test]
fn only_the_beginning_of_a_very_long_question_counts() {
    let (index, _) =
        built(vec![article("a", "Invoices", "How to pay."), article("b", "Projects", "x")]);
    let filler = "lorem ".repeat(170_000);
    let started = std::time::Instant::now();
    assert!(index.search(&(filler.clone() + "invoices"), Some("en"), 3).is_empty());
    assert_eq!(index.search(&("invoices ".to_owned() + &filler), Some("en"), 3)[0].article.id, "a");
    assert!(started.elapsed().as_secs() < 1, "{:?}", started.elapsed());
    for nothing in ["", " ", "?!", "the of and", "\0", "🙂🙂"] {
        assert!(index.search(nothing, None, 3).is_empty(), "{nothing:?}");
    }
}

#[test]
fn hostile_texts_take_no_long_time() {
    let pieces =
        ["a", "請", "http://", "e-", "ab\n", "ab\n\n", "# ab\n", "- ab. ", "```\nab", "ab: ", "|"];
    for language in ["en", "de", "ar", "ja"] {
        let articles = pieces.map(|piece| Article {
            language: language.into(),
            ..article(piece, "ab", &piece.repeat(limits::BODY / piece.len()))
        });
        let (index, _) = built(articles.into());
        for piece in pieces {
            let query = piece.repeat(1_000_000 / piece.len());
            let started = std::time::Instant::now();
            let _ = index.search(&query, Some(language), 3);
            let time = started.elapsed();
            assert!(time.as_secs() < 5, "{language} {piece:?} {time:?}");
        }
    }
}

#[test]
fn languages_are_searched_by_their_own_rules() {
    let of = |language: &str, id: &str, title: &str, body: &str| Article {
        language: language.into(),
        ..article(id, title, body)
    };
    let (index, _) = built(vec![
        of("ja", "ja-invoice", "請求書を発行する", "請求書のページを開きます。"),
        of("ja", "ja-login", "ログインできないとき", "パスワードを再設定します。"),
        of("ar", "ar-invoice", "إنشاء فاتورة", "افتح صفحة الفواتير."),
        of("ar", "ar-login", "تسجيل الدخول", "أدخل كلمة المرور."),
        of("de", "de-address", "Rechnungsadresse ändern", "Beim Kunden."),
        of("de", "de-team", "Mitglieder einladen", "Unter Einstellungen."),
        of("nl", "nl-invoice", "Factuur maken", "Kies nieuwe factuur."),
        of("nl", "nl-team", "Leden uitnodigen", "Kies leden."),
        of("pt-BR", "pt-invoice", "Criar uma fatura", "Escolha o cliente."),
        of("it", "it-invoice", "Creare una fattura", "Scegli il cliente."),
        of("sv", "sv-invoice", "Skapa faktura", "Välj kund."),
    ]);
    for (query, language, id) in [
        ("請求書の発行", "ja", "ja-invoice"),
        ("パスワード 忘れた", "ja", "ja-login"),
        ("كيف يمكنني إنشاء الفاتورة", "ar", "ar-invoice"),
        ("Adresse der Rechnung anpassen", "de", "de-address"),
        ("einladung mitgleider", "de", "de-team"),
        ("nieuwe facturen", "nl", "nl-invoice"),
        ("como crio faturas", "pt", "pt-invoice"),
        ("fatture", "it", "it-invoice"),
        ("skapa faktura", "sv", "sv-invoice"),
        // Without being told the language, small words give it away.
        ("wie kann ich die rechnungsadresse ändern", "", "de-address"),
    ] {
        let hits = index.search(query, Some(language), 3);
        assert_eq!(hits.first().map(|hit| &*hit.article.id), Some(id), "{query}");
    }
}

#[test]
fn the_feeds_own_synonyms_count() {
    let feed = |synonyms: &str| {
        read_markdown(&format!(
            "---\nsynonyms: {synonyms}\n---\n# Widgets\nAll on widgets.\n# Gears\nx"
        ))
    };
    let answers = |synonyms: &str| {
        let index = Index::build(feed(synonyms)).index;
        // A file knows them as well.
        let index = Index::from_bytes(&index.to_bytes()).unwrap();
        let hits = index.search("where are my thing a majigs", Some("en"), 1);
        hits.first().map(|hit| hit.article.id.clone())
    };
    assert_eq!(answers("thing a majig, widget").as_deref(), Some("widgets"));
    assert_eq!(answers("gadget, widget"), None);
}

#[test]
fn a_hit_says_what_it_found() {
    let body = "Intro.\n\n## Refunds\nWrite to us within 30 days. The money is back soon.\n\n## Other\nMore.";
    let (index, _) =
        built(vec![article("a", "Plans and prices", body), article("b", "Cards", "x")]);
    let hits = index.search("How do I get a REFUND for the plan?", Some("en"), 3);
    assert_eq!(hits[0].quote(), "## Refunds\nWrite to us within 30 days. The money is back soon.");
    assert_eq!(hits[0].matched, ["REFUND", "plan"]);
}

proptest! {
    /// Any text is a feed, and any feed an index that answers and has a file.
    #[test]
    fn nothing_breaks_the_index(
        texts in prop::collection::vec(("\\PC{0,20}", "(\\PC|\n|[`#*.<>&-]){0,300}"), 0..6),
        markdown in "(\\PC|\n|# |---\n|id: |tags: ){0,200}",
        query in "\\PC{0,60}",
        language in prop::sample::select(vec!["en", "de", "fr", "es", "pt", "it", "nl", "ar", "ja", "x"]),
    ) {
        let mut feed = read_markdown(&markdown);
        for (title, body) in &texts {
            feed.articles.push(Article { language: language.into(), ..article("", title, body) });
        }
        let index = Index::build(feed).index;
        let queries = texts.iter().map(|(title, _)| title).chain([&query]);
        for query in queries {
            for hit in index.search(query, Some(language), 3) {
                prop_assert!(hit.quote().chars().count() <= PASSAGE);
                prop_assert!((0.0..=1.0).contains(&hit.confidence));
                prop_assert!(!hit.matched.is_empty() || hit.confidence < 0.5, "{hit:?}");
            }
        }
        prop_assert_eq!(Index::from_bytes(&index.to_bytes()).unwrap(), index);
    }

    /// A feed of any shape is read or refused.
    #[test]
    fn any_document_is_read_or_refused(document in document()) {
        if let Ok(read) = Feed::read(&json!({ "articles": [document.clone(), { "title": document }] })) {
            let _ = Index::build(read.feed).index.search("text", None, 1);
        }
    }
}

fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let keys = prop::sample::select(vec!["id", "title", "body", "tags", "articles", "x"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys, inner), 0..4).prop_map(|fields| {
                fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            }),
        ]
    })
}
