"""CloudWatch Logs filter patterns, as the service reads them
(https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html): JSON and terms."""

import json
import re

TOKEN = re.compile(r"""\s*(?:(?P<sign>&&|\|\||[()]|!=|<=|>=|=|<|>)|"(?P<text>(?:[^"\\]|\\.)*)"|%(?P<regex>[^%]*)%"""
                   r"""|(?P<word>[^\s()=<>!&|"]+))""")
TERM = re.compile(r'\s*([?-]?)("(?:[^"\\]|\\.)*"|\S+)')


class BadPattern(ValueError):
    pass


def compiled(pattern):
    """A test of a message's text; raises BadPattern."""
    pattern = (pattern or "").strip()
    if not pattern:
        return lambda text: True
    if pattern.startswith("{"):
        if not pattern.endswith("}"):
            raise BadPattern("Invalid filter pattern: no closing brace")
        judge = Parser(pattern[1:-1]).whole()
        return lambda text: judge_json(judge, text)
    if pattern.startswith("["):
        return lambda text: True  # space-delimited patterns are not used on CloudTrail's records
    return terms(pattern)


def judge_json(judge, text):
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and judge(value)


def terms(pattern):
    found = [(sign, re.sub(r"\\(.)", r"\1", word[1:-1]) if word[0] == '"' else word)
             for sign, word in TERM.findall(pattern)]
    must = [w for s, w in found if s == ""]
    some = [w for s, w in found if s == "?"]
    never = [w for s, w in found if s == "-"]
    return lambda text: (all(w in text for w in must) and not any(w in text for w in never)
                         and (not some or bool(must) or any(w in text for w in some)))


class Parser:
    def __init__(self, text):
        self.tokens, at = [], 0
        text = text.strip()
        while at < len(text):
            met = TOKEN.match(text, at)
            if not met:
                raise BadPattern(f"Invalid filter pattern: {text[at:at + 20]}")
            self.tokens.append((met.lastgroup, met[met.lastgroup]))
            at = met.end()
            while at < len(text) and text[at].isspace():
                at += 1

    def whole(self):
        judge = self.either()
        if self.tokens:
            raise BadPattern(f"Invalid filter pattern: {self.tokens[0][1]}")
        return judge

    def take(self):
        if not self.tokens:
            raise BadPattern("Invalid filter pattern: it ends too soon")
        return self.tokens.pop(0)

    def met(self, sign):
        return bool(self.tokens) and self.tokens[0] == ("sign", sign)

    def either(self):
        parts = [self.both()]
        while self.met("||"):
            self.take()
            parts.append(self.both())
        return lambda value: any(p(value) for p in parts)

    def both(self):
        parts = [self.one()]
        while self.met("&&"):
            self.take()
            parts.append(self.one())
        return lambda value: all(p(value) for p in parts)

    def one(self):
        if self.met("("):
            self.take()
            judge = self.either()
            if self.take() != ("sign", ")"):
                raise BadPattern("Invalid filter pattern: no closing parenthesis")
            return judge
        kind, path = self.take()
        if kind != "word" or not path.startswith("$"):
            raise BadPattern(f"Invalid filter pattern: {path} is no selector")
        kind, operator = self.take()
        if kind == "word":
            return self.said(path, operator.upper())
        kind, wanted = self.take()
        if kind == "sign":
            raise BadPattern(f"Invalid filter pattern: {wanted}")
        return lambda value: compare(at(value, path), operator, kind, wanted)

    def said(self, path, word):
        kind, second = self.take()
        second = second.upper()
        if (word, second) == ("NOT", "EXISTS"):
            return lambda value: at(value, path) is ...
        if word != "IS" or second not in ("NULL", "TRUE", "FALSE"):
            raise BadPattern(f"Invalid filter pattern: {word} {second}")
        wanted = {"NULL": None, "TRUE": True, "FALSE": False}[second]
        return lambda value: at(value, path) is wanted


def at(value, path):
    """What the selector lands on; `...` where there is nothing."""
    for name, index in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", path):
        if name:
            value = value.get(name, ...) if isinstance(value, dict) else ...
        else:
            value = value[int(index)] if isinstance(value, list) and int(index) < len(value) else ...
    return value


def compare(found, operator, kind, wanted):
    if found is ... or found is None or isinstance(found, (dict, list)):
        return False
    if kind == "regex":
        return (re.search(wanted, str(found)) is not None) == (operator == "=")
    if operator in ("=", "!="):
        text = str(found).lower() if isinstance(found, bool) else str(found)
        shape = ".*".join(re.escape(p) for p in wanted.split("*"))
        return (re.fullmatch(shape, text, re.S) is not None) == (operator == "=")
    try:
        a, b = float(found), float(wanted)
    except ValueError:
        return False
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]
