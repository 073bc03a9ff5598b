#!/usr/bin/env python3
"""Learns the word weights in weights.txt from labelled messages.

    TRIAGE_DATA=<folder with voices/*.jsonl and seed_examples.jsonl> \
        python3 train.py [--hold-out VOICE,VOICE] [--features N]

Needs scikit-learn; brotli, if there, only to print the table's size. Voices
named by --hold-out are not learned from, so that the printed figures are honest;
the shipped table leaves only the seed examples out, which are the test fixtures,
and learns English alone: other languages have the cues of cues.txt. `words` and
`features` mirror src/words.rs; the crate's example `measure` shows that both
sides agree. Afterwards the example `build_model` makes the model's file of
weights.txt and cues.txt.
"""
import argparse
import glob
import json
import os

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

INTENTS = ["security", "privacy_legal", "refund", "access", "cancel", "outage", "billing",
           "integration", "bug", "account_change", "feature_request", "how_to", "feedback", "other"]
URGENCIES = ["low", "normal", "high", "critical"]
STATES = ["neutral", "anxious", "angry", "churn_risk"]
CUT = 6
STEP = 0.2  # of one unit of a stored weight
HERE = os.path.dirname(os.path.abspath(__file__))


def one_by_one(char):
    code = ord(char)
    return 0x0E00 <= code <= 0x0E7F or 0x3040 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF


def words(text):
    out, word = [], ""
    for char in text.lower():
        if char in "'\u2019" or 0x0300 <= ord(char) <= 0x036F:
            continue
        # Vowel signs of Devanagari and Arabic are part of the word.
        inner = char.isalnum() or 0x0900 <= ord(char) <= 0x0963 or 0x064B <= ord(char) <= 0x065F
        if inner and not one_by_one(char):
            word += char
            continue
        if word:
            out.append(word)
            word = ""
        if one_by_one(char) or char in "?!":
            out.append(char)
    if word:
        out.append(word)
    return [stem(word) for word in out]


def stem(word):
    if word.isascii() and word.isdigit():
        return word if len(word) == 3 and word[0] in "45" else "0"
    return word[:CUT]


def features(text):
    found, tokens = set(), words(text)
    count = sum(1 for token in tokens if token not in "?!")
    found.add("^" + next((name for limit, name in
                          [(0, "0"), (2, "1"), (5, "3"), (12, "6"), (30, "13")]
                          if count <= limit), "31"))
    before = "^"
    for token in tokens:
        found.add(token)
        found.add(before + " " + token)
        before = token
    return found


def load(root):
    files = sorted(glob.glob(root + "/voices/*.jsonl")) + [root + "/seed_examples.jsonl"]
    return {os.path.basename(f)[:-6]: [json.loads(line) for line in open(f, encoding="utf-8")]
            for f in files}


def heads(rows):
    yield "intent", INTENTS, [row["intent"] for row in rows]
    yield "urgency", URGENCIES, [row["urgency"] for row in rows]
    yield "state", STATES, [row["state"] for row in rows]
    yield "wants_human", None, [row["wants_human"] for row in rows]


def fit(x, labels):
    return LogisticRegression(C=1.0, max_iter=400).fit(x, labels)


def fit_sparse(x, labels, c):
    return LogisticRegression(C=c, l1_ratio=1.0, solver="saga", max_iter=150, tol=1e-3,
                              random_state=0).fit(x, labels)


def columns(model, classes):
    """Weights and biases with one column per class, in our order."""
    if classes is None:
        return model.coef_, model.intercept_
    order = [list(model.classes_).index(name) for name in classes]
    return model.coef_[order], model.intercept_[order]


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--hold-out", default="seed_examples")
    args.add_argument("--features", type=int, default=1100)
    args.add_argument("--floor", type=int, default=2)
    args.add_argument("--c", type=float, default=0.75)
    args.add_argument("--out", default=HERE + "/weights.txt")
    args = args.parse_args()
    data = load(os.environ["TRIAGE_DATA"])
    held = [name for name in args.hold_out.split(",") if name]
    train = [row for name, rows in data.items()
             if name not in held and not name.startswith("languages") for row in rows]

    vectors = CountVectorizer(analyzer=features, binary=True, min_df=3)
    x = vectors.fit_transform([row["text"] for row in train]).astype(float)
    names = np.array(vectors.get_feature_names_out())
    seen = np.sqrt(np.asarray(x.sum(0)).ravel())

    # The features that move some answer most, intent before all.
    value = np.zeros(len(names))
    for head, classes, labels in heads(train):
        weight, _ = columns(fit(x, labels), classes)
        share = {"intent": 1.0, "urgency": 0.6, "state": 0.7}.get(head, 0.4)
        value = np.maximum(value, share * np.abs(weight).max(0) * seen)
    kept = np.sort(np.argsort(-value, kind="stable")[:args.features])
    kept = kept[np.argsort([name.encode() for name in names[kept]])]
    x, names = x[:, kept], names[kept]

    weights, biases = [], []
    for head, classes, labels in heads(train):
        weight, bias = columns(fit_sparse(x, labels, args.c), classes)
        weights.append(weight)
        biases.append(bias)
    units = np.clip(np.round(np.vstack(weights) / STEP), -31, 31).astype(int)
    units[np.abs(units) < args.floor] = 0
    useful = np.abs(units).max(0) > 0
    units, names = units[:, useful], names[useful]
    bias_units = np.round(np.concatenate(biases) / STEP).astype(int)

    for voice in held:
        rows = data[voice]
        t = CountVectorizer(analyzer=features, binary=True, vocabulary=list(names))
        scores = t.transform([row["text"] for row in rows]) @ units.T + bias_units
        at = 0
        for head, classes, labels in heads(rows):
            width = len(classes) if classes else 1
            part = scores[:, at:at + width]
            at += width
            got = [classes[i] for i in part.argmax(1)] if classes else list(part[:, 0] > 0)
            right = np.mean([a == b for a, b in zip(got, labels)])
            average = "macro" if classes else "binary"
            print(f"{voice:14} {head:14} accuracy {right:.3f}  F1 "
                  f"{f1_score(labels, got, average=average, zero_division=0):.3f}")

    # First line: biases. Then a line per feature, in byte order: the feature, a
    # tab, and for each weight two characters: the answer's letter (from `A`)
    # and the weight in units of STEP (`P` is zero).
    lines = [" ".join(map(str, bias_units))]
    for name, column in zip(names, units.T):
        pairs = "".join(chr(65 + answer) + chr(80 + column[answer]) for answer in np.nonzero(column)[0])
        lines.append(name + "\t" + pairs)
    text = "\n".join(lines) + "\n"
    with open(args.out, "w", encoding="utf-8") as out:
        out.write(text)
    print(f"{len(names)} features, {np.count_nonzero(units)} weights, {len(text.encode())} bytes")
    try:
        import brotli
        print(f"{len(brotli.compress(text.encode(), quality=11))} bytes as brotli")
    except ImportError:
        pass


if __name__ == "__main__":
    main()
