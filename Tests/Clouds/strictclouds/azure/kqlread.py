"""The words of a Kusto query, and the errors that Log Analytics gives for what it cannot read."""

import re

WORD = re.compile(r"""\s+|//[^\n]*
  |(?P<text>[@]?"(?:\\.|[^"\\])*"|[@]?'(?:\\.|[^'\\])*')
  |(?P<span>\d+(?:\.\d+)?(?:ms|s|m|h|d)\b)
  |(?P<number>\d+(?:\.\d+)?)
  |(?P<name>[A-Za-z_$][A-Za-z0-9_]*(?:-(?:away|keep|rename|reorder|expand)\b)?)
  |(?P<sign>!in~|in~|!in\b|!contains\b|!has\b|!startswith\b|!endswith\b|==|!=|=~|!~|<=|>=|\.\.|[|()\[\],=<>+\-*/.;:])""", re.X)


class QueryError(Exception):
    """`kind`: SyntaxError or SemanticError; `more`: what the innermost error says."""

    def __init__(self, kind, code, message, line=1, pos=0, token=""):
        super().__init__(message)
        self.kind, self.code, self.place = kind, code, (line, pos, token)

    def told(self):
        line, pos, token = self.place
        inner = {"code": self.code, "message": str(self)}
        if self.kind == "SyntaxError":
            inner.update(line=line, pos=pos, token=token)
        text = ("A recognition error occurred in the query." if self.kind == "SyntaxError"
                else "A semantic error occurred.")
        return {"code": self.kind, "message": text, "innererror": inner}


class Words:
    def __init__(self, text):
        self.text, self.held, self.next = text, [], 0
        at = 0
        while at < len(text):
            found = WORD.match(text, at)
            if not found:
                self.broken(at, text[at])
            if found.lastgroup:
                self.held.append((found.lastgroup, found[0], at))
            at = found.end()
        self.held.append(("end", "", len(text)))

    def broken(self, at, token):
        line, pos = self.text.count("\n", 0, at) + 1, at - (self.text.rfind("\n", 0, at) + 1)
        raise QueryError("SyntaxError", "SYN0002", f"Query could not be parsed at '{token}' on line [{line},{pos}]",
                         line, pos, token)

    def peek(self, ahead=0):
        return self.held[min(self.next + ahead, len(self.held) - 1)]

    def take(self):
        word = self.peek()
        self.next += 1
        return word

    def has(self, *texts):
        """Takes the next word if it is one of these."""
        if self.peek()[0] in ("name", "sign") and self.peek()[1] in texts:
            return self.take()[1]
        return None

    def need(self, *texts):
        found = self.has(*texts)
        if found is None:
            self.fail()
        return found

    def name(self):
        kind, text, _ = self.peek()
        if kind != "name":
            self.fail()
        return self.take()[1]

    def fail(self):
        _, text, at = self.peek()
        self.broken(at, text or "<EOF>")


def semantic(message, code="SEM0100"):
    raise QueryError("SemanticError", code, message)


def unquoted(text):
    if text[0] == "@":
        return text[2:-1]
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[1]), text[1:-1])
