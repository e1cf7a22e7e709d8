"""One request as it came, one answer as it goes out, and the refusal that is an answer."""

import json
import urllib.parse


class Request:
    def __init__(self, service, method, target, headers, body):
        self.service, self.method, self.target, self.body = service, method, target, body
        self.headers = headers
        raw, _, query = target.partition("?")
        self.raw_path, self.path = raw, urllib.parse.unquote(raw)
        self.pairs = urllib.parse.parse_qsl(query, keep_blank_values=True, strict_parsing=False)
        self.query = dict(self.pairs)

    def header(self, name):
        return self.headers.get(name)

    def bearer(self):
        kind, _, token = (self.header("Authorization") or "").partition(" ")
        return token.strip() if kind.lower() == "bearer" else None

    def form(self):
        pairs = urllib.parse.parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True)
        return pairs, dict(pairs)

    def media(self):
        return (self.header("Content-Type") or "").split(";")[0].strip().lower()


class Answer:
    """`promise`: a Content-Length that is not true; `cut_to`: bytes after which the line breaks."""

    def __init__(self, status, headers=(), body=b"", reset=False, hang=False):
        self.status, self.headers, self.body = status, list(headers), body
        self.reset, self.hang = reset, hang
        self.cut_to = self.promise = self.drip_ms = None

    @classmethod
    def json(cls, status, value, headers=()):
        return cls(status, [("Content-Type", "application/json; charset=utf-8"), *headers],
                   json.dumps(value, separators=(",", ":")).encode())

    @classmethod
    def xml(cls, status, text, headers=()):
        """Azure Storage writes a byte order mark first."""
        return cls(status, [("Content-Type", "application/xml"), *headers], b"\xef\xbb\xbf" + text.encode())


class Refusal(Exception):
    def __init__(self, answer):
        super().__init__(answer.status)
        self.answer = answer
