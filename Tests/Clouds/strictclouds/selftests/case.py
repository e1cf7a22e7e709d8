"""What the proofs share: one Azure, one Google Cloud, fresh for each proof, and a plain HTTP client."""

import http.client
import json
import unittest
import urllib.parse

import strict_clouds

HELD = {}


def cloud(name):
    if name not in HELD:
        HELD[name] = strict_clouds.listen(name, lambda: None)[0]
    return HELD[name]


class StrictCase(unittest.TestCase):
    name = ""

    def setUp(self):
        self.control = cloud(self.name)
        self.cloud, self.told = self.control.cloud, self.control.told
        self.cloud.history = 3 * 3600
        self.ask("POST", "reset")

    def ask(self, method, path, value=None, wanted=200):
        status, told = self.control.answer(method, f"/_control/{path}", json.dumps(value or {}).encode())
        self.assertEqual(status, wanted, told)
        return told

    def raw(self, service, method, path, body=None, headers=None):
        """(status, headers, body)"""
        place = urllib.parse.urlsplit(self.told["endpoints"][service])
        line = http.client.HTTPConnection(place.hostname, place.port, timeout=120)
        try:
            line.request(method, path, body, headers or {})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            line.close()

    def call(self, service, path, method="GET", body=None, headers=None, token=True):
        """(status, value): JSON where it is that."""
        headers = dict(headers or {})
        if token:
            headers.setdefault("Authorization", f"Bearer {self.token(service) if token is True else token}")
        if isinstance(body, (dict, list)):
            body, headers = json.dumps(body).encode(), {"Content-Type": "application/json", **headers}
        status, _, raw = self.raw(service, method, path, body, headers)
        try:
            return status, json.loads(raw)
        except ValueError:
            return status, raw

    def token(self, service):
        raise NotImplementedError
