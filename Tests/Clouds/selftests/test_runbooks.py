"""Every `aws` command of the shipped runbooks names a service, an operation and options that exist."""

import re
import shlex
import unittest
from pathlib import Path

import botocore.session
from botocore import xform_name

RUNBOOKS = Path(__file__).resolve().parents[3] / "docs" / "runbooks"
# What the AWS CLI adds to every command, and to those that list.
EVERYWHERE = {"region", "profile", "query", "output", "max-items", "no-cli-pager"}
# Commands of the CLI's own, which no service has.
OWN = {
    ("s3", "ls"): {"summarize", "human-readable", "recursive"},
    ("cloudtrail", "validate-logs"): {"trail-arn", "start-time", "end-time", "verbose"},
}
# The CLI's names where they differ from the service's.
RENAMED = {"s3api": "s3", "logs": "logs"}


def commands():
    """(runbook, words) of each `aws` call, placeholders filled with a word."""
    for page in sorted(RUNBOOKS.glob("*.md")):
        for fence in re.findall(r"^```sh\n(.*?)^```", page.read_text(), re.M | re.S):
            text = re.sub(r"\\\n\s*", " ", fence)
            text = re.sub(r"\{\{(--[a-z-]+) [a-z_]+\}\}", r"\1 x", text)
            text = re.sub(r"\{\{[a-z_]+\}\}", "x", text)
            for line in text.splitlines():
                for call in re.findall(r"(?:^|\$\()(aws .*?)(?:\)$|$)", line.strip()):
                    words = shlex.split(call.split(" | ")[0].split(" > ")[0])
                    yield page.name, words[1:]


class Runbooks(unittest.TestCase):
    def test_every_command_exists(self):
        session = botocore.session.get_session()
        models, seen = {}, 0
        for page, words in commands():
            service, command = words[0], words[1]
            options = {w[2:].split("=")[0] for w in words[2:] if w.startswith("--")}
            seen += 1
            with self.subTest(page=page, command=" ".join(words[:2])):
                if (service, command) in OWN:
                    self.assertLessEqual(options, OWN[service, command] | EVERYWHERE)
                    continue
                name = RENAMED.get(service, service)
                model = models.setdefault(name, session.get_service_model(name))
                known = {xform_name(n, "-"): n for n in model.operation_names}
                self.assertIn(command, known)
                operation = model.operation_model(known[command])
                members = operation.input_shape.members if operation.input_shape else {}
                allowed = {xform_name(m, "-") for m in members} | EVERYWHERE
                allowed |= {"no-" + xform_name(m, "-") for m in members}
                self.assertLessEqual(options, allowed)
                required = operation.input_shape.required_members if operation.input_shape else []
                self.assertLessEqual({xform_name(m, "-") for m in required}, options)
        self.assertGreater(seen, 100)


if __name__ == "__main__":
    unittest.main()
