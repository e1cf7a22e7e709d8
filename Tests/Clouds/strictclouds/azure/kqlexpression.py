"""Kusto's scalar expressions, compiled to (type, function of a row): an unknown column or function is refused."""

import json

from ..common.moments import parse
from .kqlread import semantic, unquoted

SPANS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}
COMPARED = ("==", "!=", "=~", "!~", "<", ">", "<=", ">=", "contains", "!contains", "has", "!has", "startswith",
            "!startswith", "endswith", "!endswith")
FUNCTIONS = {
    "tolower": ("string", 1, lambda a: text(a).lower()), "toupper": ("string", 1, lambda a: text(a).upper()),
    "tostring": ("string", 1, lambda a: text(a)), "strlen": ("long", 1, lambda a: len(text(a))),
    "isempty": ("bool", 1, lambda a: a in (None, "")), "isnotempty": ("bool", 1, lambda a: a not in (None, "")),
    "isnull": ("bool", 1, lambda a: a is None), "isnotnull": ("bool", 1, lambda a: a is not None),
    "not": ("bool", 1, lambda a: not a), "tolong": ("long", 1, lambda a: whole(a)), "toint": ("int", 1, lambda a: whole(a)),
    "parse_json": ("dynamic", 1, lambda a: parsed(a)), "todynamic": ("dynamic", 1, lambda a: parsed(a)),
    "todatetime": ("datetime", 1, lambda a: parse(a) if isinstance(a, str) else a)}


def text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def whole(value):
    try:
        return int(float(value))
    except (TypeError, ValueError):
        return None


def parsed(value):
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


class Expressions:
    """`columns`: name to type; `values`: what `let` named; `now`: the query's one moment."""

    def __init__(self, words, columns, values, now):
        self.words, self.columns, self.values, self.now = words, columns, values, now

    def whole(self):
        kind, act = self.both()
        while self.words.has("or"):
            act = (lambda a, b: lambda row: bool(a(row)) or bool(b(row)))(act, self.both()[1])
            kind = "bool"
        return kind, act

    def both(self):
        kind, act = self.compared()
        while self.words.has("and"):
            act = (lambda a, b: lambda row: bool(a(row)) and bool(b(row)))(act, self.compared()[1])
            kind = "bool"
        return kind, act

    def compared(self):
        kind, left = self.sum()
        if found := self.words.has(*COMPARED):
            other, right = self.sum()
            if {kind, other} in ({"datetime", "string"}, {"datetime", "long"}, {"string", "long"}):
                semantic(f"Cannot compare values of types {kind} and {other}. Try adding explicit casts", "SEM0064")
            return "bool", lambda row: compare(found, left(row), right(row))
        if found := self.words.has("in", "!in", "in~", "!in~"):
            members = self.listed()
            fold = (lambda v: text(v).lower()) if found.endswith("~") else (lambda v: v)
            wanted = not found.startswith("!")
            return "bool", lambda row: (fold(left(row)) in [fold(m(row)) for m in members]) == wanted
        if self.words.has("between"):
            self.words.need("(")
            _, low = self.sum()
            self.words.need("..")
            _, high = self.sum()
            self.words.need(")")
            return "bool", lambda row: left(row) is not None and low(row) <= left(row) <= high(row)
        return kind, left

    def listed(self):
        self.words.need("(")
        members = [self.sum()[1]]
        while self.words.has(","):
            members.append(self.sum()[1])
        self.words.need(")")
        return members

    def sum(self):
        kind, act = self.atom()
        while sign := self.words.has("+", "-"):
            other, right = self.atom()
            if kind == "datetime":
                kind = "timespan" if other == "datetime" else "datetime"
            act = (lambda a, b, s: lambda row: added(a(row), b(row), s))(act, right, 1 if sign == "+" else -1)
        return kind, act

    def atom(self):
        kind, word, _ = self.words.take()
        if kind == "text":
            value = unquoted(word)
            return "string", lambda row: value
        if kind == "span":
            unit = "ms" if word.endswith("ms") else word[-1]
            seconds = float(word[:-len(unit)]) * SPANS[unit]
            return "timespan", lambda row: seconds
        if kind == "number":
            number = float(word) if "." in word else int(word)
            return "real" if "." in word else "long", lambda row: number
        if word == "-":
            inner, act = self.atom()
            return inner, lambda row: -act(row)
        if word == "(":
            found = self.whole()
            self.words.need(")")
            return self.members(found)
        if kind != "name":
            self.words.next -= 1
            self.words.fail()
        return self.members(self.call(word) if self.words.has("(") else self.named(word))

    def named(self, word):
        if word in ("true", "false"):
            return "bool", lambda row: word == "true"
        if word in self.values:
            return self.values[word]
        if word not in self.columns:
            semantic(f"'where' operator: Failed to resolve column or scalar expression named '{word}'")
        return self.columns[word], lambda row: row.get(word)

    def members(self, found):
        """Of a dynamic value: `.name` and `['name']`."""
        kind, act = found
        while kind == "dynamic" and (self.words.peek()[1] in (".", "[")):
            if self.words.has("."):
                key = self.words.name()
            else:
                self.words.need("[")
                key = unquoted(self.words.take()[1])
                self.words.need("]")
            act = (lambda a, k: lambda row: (parsed(a(row)) or {}).get(k) if isinstance(parsed(a(row)), dict) else None)(act, key)
        return kind, act

    def call(self, name):
        if name == "datetime":
            at = self.words.next
            while not self.words.has(")"):
                self.words.take()
            start, end = self.words.held[at][2], self.words.held[self.words.next - 1][2]
            moment = parse(self.words.text[start:end].strip().strip("\"'"))
            return "datetime", lambda row: moment
        given = [] if self.words.peek()[1] == ")" else [self.whole()]
        while self.words.has(","):
            given.append(self.whole())
        self.words.need(")")
        acts = [act for _, act in given]
        if name == "now" and not given:
            return "datetime", lambda row: self.now
        if name == "ago" and len(given) == 1:
            if given[0][0] != "timespan":
                semantic("ago(): argument #1 expected to be a timespan expression", "SEM0045")
            return "datetime", lambda row: self.now - acts[0](row)
        if name == "ingestion_time" and not given:
            return "datetime", lambda row: row.get("$at")
        if name == "coalesce" and given:
            return given[0][0], lambda row: next((v for v in (a(row) for a in acts) if v not in (None, "")), None)
        if name in ("iff", "iif") and len(given) == 3:
            return given[1][0], lambda row: acts[1](row) if acts[0](row) else acts[2](row)
        if name == "bin" and len(given) == 2:
            return given[0][0], lambda row: None if acts[0](row) is None else acts[0](row) // acts[1](row) * acts[1](row)
        if name not in FUNCTIONS or FUNCTIONS[name][1] != len(given):
            semantic(f"Unknown function: '{name}'.", "SEM0260")
        kind, _, act = FUNCTIONS[name]
        return kind, lambda row: act(acts[0](row))


def added(left, right, sign):
    return None if left is None or right is None else left + sign * right


def compare(sign, left, right):
    if sign in ("==", "!="):
        return (left == right) == (sign == "==")
    if sign in ("<", ">", "<=", ">="):
        if left is None or right is None:
            return False
        return {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[sign]
    wanted, sign = not sign.startswith("!"), sign.removeprefix("!")
    left, right = text(left).lower(), text(right).lower()
    met = {"=~": left == right, "~": left == right, "contains": right in left, "startswith": left.startswith(right),
           "endswith": left.endswith(right), "has": has(left, right)}[sign]
    return met == wanted


def has(left, right):
    """A whole term: bounded by what is no letter or digit."""
    at = left.find(right)
    while at >= 0:
        before, after = left[at - 1:at], left[at + len(right):at + len(right) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = left.find(right, at + 1)
    return False
