"""What the proofs share: a clean overlay for each, and the words to ask it."""

import unittest

from botocore.exceptions import ClientError

from estate import ORGANIZATION, Estate, overlay

__all__ = ["HOUR", "ORGANIZATION", "Estate", "OverlayCase"]
HOUR = 3600


class OverlayCase(unittest.TestCase):
    ready = None  # what the one overlay of the run said of itself

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.ready['port']}"

    def setUp(self):
        self.ask("POST", "reset")

    def ask(self, method, path, value=None):
        return overlay(self.endpoint, method, path, value)

    def estate(self, **more):
        made = Estate(self.endpoint, **more)
        made.build()
        return made

    def fault(self, **asked):
        self.ask("POST", "faults", asked)

    def refused(self, act, code, status=None):
        with self.assertRaises(ClientError) as caught:
            act()
        self.assertEqual(caught.exception.response["Error"]["Code"], code)
        if status:
            self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], status)
