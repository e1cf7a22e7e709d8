"""The Logging query language: NOT binds tightest, then OR, then AND; words and operators as published."""

import functools
import json
import re

from ..common.moments import parse
from .errors import invalid

WORD = re.compile(r"""\s+|--[^\n]*|(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?P<sign>!=|>=|<=|=~|!~|=|<|>|:|\(|\)|,)
  |(?P<word>[A-Za-z0-9_*/.+@$%&\#~^`{}\[\]|;?-]+)""", re.X)
SIGNS = ("=", "!=", ">", "<", ">=", "<=", ":", "=~", "!~")
FIELDS = {"logName", "resource", "timestamp", "receiveTimestamp", "severity", "insertId", "httpRequest", "labels", "metadata", "operation", "trace",
          "spanId", "traceSampled", "sourceLocation", "split", "textPayload", "jsonPayload", "protoPayload", "errorGroups", "apphub"}
SEVERITIES = {name: n for n, name in enumerate("DEFAULT DEBUG INFO NOTICE WARNING ERROR CRITICAL ALERT EMERGENCY".split())}
TIMES = ("timestamp", "receiveTimestamp")


class Filter:
    def __init__(self, text):
        self.text, self.words, self.next = text, [], 0
        if len(text) > 20_000:
            raise invalid("Filter is too long")
        at = 0
        while at < len(text):
            found = WORD.match(text, at)
            if not found:
                self.fail(at, text[at])
            if found.lastgroup:
                self.words.append((found.lastgroup, found[0], at))
            at = found.end()
        self.words.append(("end", "<EOF>", len(text)))
        self.act = (lambda entry: True) if len(self.words) == 1 else self.all()
        if self.words[self.next][0] != "end":
            self.fail()

    def __call__(self, entry):
        return self.act(entry)

    def fail(self, at=None, token=None):
        at, token = (self.words[self.next][2], self.words[self.next][1]) if at is None else (at, token)
        line, column = self.text.count("\n", 0, at) + 1, at - (self.text.rfind("\n", 0, at) + 1) + 1
        raise invalid(f"Unparseable filter: syntax error at line {line}, column {column}, token '{token}'")

    def peek(self):
        return self.words[self.next]

    def has(self, *texts):
        if self.peek()[0] != "text" and self.peek()[1] in texts:
            self.next += 1
            return self.words[self.next - 1][1]
        return None

    def need(self, text):
        if not self.has(text):
            self.fail()

    def all(self):
        parts = [self.any()]
        while self.has("AND") or self.peek()[1] not in (")", "<EOF>", "OR", ","):
            parts.append(self.any())
        return parts[0] if len(parts) == 1 else lambda entry: all(p(entry) for p in parts)

    def any(self):
        parts = [self.negated()]
        while self.has("OR"):
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else lambda entry: any(p(entry) for p in parts)

    def negated(self):
        kind, word, at = self.peek()
        if kind == "word" and word.startswith("-") and len(word) > 1:
            self.words[self.next] = (kind, word[1:], at + 1)
        elif not self.has("NOT", "-"):
            return self.term()
        inner = self.term()
        return lambda entry: not inner(entry)

    def term(self):
        if self.has("("):
            inner = self.all()
            self.need(")")
            return inner
        kind, word, _ = self.peek()
        if kind == "text":
            self.next += 1
            wanted = unquoted(word).lower()
            return lambda entry: wanted in json.dumps(entry).lower()
        if kind != "word" or word in ("AND", "OR"):
            self.fail()
        self.next += 1
        if self.has("("):
            return self.call(word)
        while word.endswith(".") and self.peek()[0] == "text":
            word += unquoted(self.peek()[1]).replace(".", "\0")
            self.next += 1
            if self.peek()[0] == "word" and self.peek()[1].startswith("."):
                word += self.peek()[1]
                self.next += 1
        sign = self.has(*SIGNS)
        if sign is None:
            wanted = word.lower()
            return lambda entry: wanted in json.dumps(entry).lower()
        if word.split(".")[0] not in FIELDS:
            raise invalid(f"Field not found: '{word.split('.')[0]}'.")
        return self.compared(word, sign)

    def call(self, name):
        if name.lower() != "log_id":
            raise invalid(f"Unknown function: {name}")
        kind, word, _ = self.peek()
        if kind != "text":
            self.fail()
        self.next += 1
        self.need(")")
        wanted = unquoted(word)
        if "%2F" in wanted:
            return lambda entry: False  # the id is not encoded here
        return lambda entry: entry["logName"].partition("/logs/")[2].replace("%2F", "/") == wanted

    def compared(self, path, sign):
        if self.has("("):
            inner = self.values(path, sign)
            self.need(")")
            return inner
        kind, word, _ = self.peek()
        if kind not in ("word", "text"):
            self.fail()
        self.next += 1
        if kind == "word" and self.peek()[1] in SIGNS:
            self.fail()  # an unquoted time: its colon is a syntax error
        return made(path, sign, unquoted(word) if kind == "text" else word)

    def values(self, path, sign):
        """field=(a OR b)"""
        parts = [self.one(path, sign)]
        joined = None
        while word := self.has("OR", "AND"):
            joined = joined or word
            parts.append(self.one(path, sign))
        return (lambda entry: any(p(entry) for p in parts)) if joined != "AND" else (lambda entry: all(p(entry) for p in parts))

    def one(self, path, sign):
        negative = self.has("NOT", "-")
        inner = self.compared(path, sign)
        return (lambda entry: not inner(entry)) if negative else inner


@functools.lru_cache(maxsize=256)
def compiled(text):
    return Filter(text)


def unquoted(text):
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def made(path, sign, wanted):
    names = [n.replace("\0", ".") for n in path.split(".")]
    if sign in ("=~", "!~"):
        try:
            form = re.compile(wanted)
        except re.error:
            raise invalid("Invalid regular expression") from None
        return lambda entry: any(isinstance(v, str) and bool(form.search(v)) == (sign == "=~") for v in found(entry, names))
    if path in TIMES:
        try:
            moment = parse(wanted)
        except ValueError:
            raise invalid(f"Invalid value for {path}: '{wanted}'") from None
        return lambda entry: ordered(sign, parse(entry[path]), moment) if path in entry else False
    if path == "severity":
        if wanted not in SEVERITIES:
            raise invalid(f"Invalid severity: '{wanted}'")
        return lambda entry: ordered(sign, SEVERITIES[entry.get("severity", "DEFAULT")], SEVERITIES[wanted])
    if sign == ":":
        small = wanted.lower()
        return lambda entry: any(wanted == "*" or small in (v if isinstance(v, str) else json.dumps(v)).lower() for v in found(entry, names))
    if sign == "!=":
        return lambda entry: bool(found(entry, names)) and all(not same(v, wanted) for v in found(entry, names))
    if sign == "=":
        return lambda entry: any(same(v, wanted) for v in found(entry, names))
    return lambda entry: any(less(sign, v, wanted) for v in found(entry, names))


def found(value, names):
    """All that a path leads to; through lists, each member."""
    if isinstance(value, list):
        return [v for one in value for v in found(one, names)]
    if not names:
        return [value]
    if not isinstance(value, dict):
        return []
    return [v for n in range(1, len(names) + 1) if ".".join(names[:n]) in value for v in found(value[".".join(names[:n])], names[n:])][:50]


def same(value, wanted):
    if isinstance(value, bool):
        return str(value).lower() == wanted.lower()
    return str(value).lower() == wanted.lower()


def less(sign, value, wanted):
    try:
        return ordered(sign, float(value), float(wanted))
    except (TypeError, ValueError):
        return ordered(sign, str(value), wanted)


def ordered(sign, left, right):
    return {"=": left == right, "!=": left != right, "<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right, ":": left == right}[sign]
