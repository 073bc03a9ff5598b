"""Checks the hashes of the packet on stdin as any receiver can, from the rules in
`baton_evidence::integrity` alone."""

import hashlib
import json
import sys


def number(value):
    """ECMAScript's Number::toString; repr() gives the same digits."""
    value = float(value)
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    n = int(exponent or 0) + len(whole) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    k = len(digits)
    if k <= n <= 21:
        text = digits + "0" * (n - k)
    elif 0 < n <= 21:
        text = digits[:n] + "." + digits[n:]
    elif -6 < n <= 0:
        text = "0." + "0" * -n + digits
    else:
        text = digits[0] + ("." + digits[1:] if k > 1 else "") + f"e{n - 1:+d}"
    return sign + text


def canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    return json.dumps(value, ensure_ascii=False)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def parts(packet):
    names = sorted(packet, key=lambda name: name.encode("utf-16-be"))
    for name in names:
        if name == "evidence":
            for part in sorted(packet[name], key=lambda name: name.encode("utf-16-be")):
                yield f"evidence.{part}", packet[name][part]
        elif name != "integrity":
            yield name, packet[name]


packet = json.load(sys.stdin)
chain = packet["id"]
items = []
for path, value in parts(packet):
    digest = sha256(canonical(value))
    chain = sha256(chain + path + digest)
    items.append({"path": path, "sha256": digest})
same = {"algorithm": "sha-256", "items": items, "chain": chain} == packet["integrity"]
print("the hashes are right" if same else "the hashes are wrong")
