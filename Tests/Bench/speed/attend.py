"""A console beside the watch of another process: how soon the watch has what its operator did."""

import os
import select
import subprocess
import time

from .program import Program, now
from .table import Row

LIMIT = 2000  # ms: "consoles attach and act through the journal within 2 s"


def acts(place, count):
    """A note typed at an attending console: until the service's own output tells of it."""
    configuration = place.write("attend.json5", """
        { clouds: { aws: [{ name: "prod", regions: ["us-east-1"], endpoint: "http://127.0.0.1:1" }] },
          sources: [{ id: "aws/prod/one", trail: "arn:aws:cloudtrail:us-east-1:111122223333:trail/one" }] }""")
    here = ["--config", configuration, "--state", place.path("attend")]
    service = subprocess.Popen(
        [place.watchkeeper, "watch", *here], env=place.environment, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL)
    times, attached = [], []
    try:
        lines = Lines(service.stdout.fileno())
        lines.until("start of watch 1")
        with Program([place.watchkeeper, *here], 120, 40, place.environment) as console:
            attached.append(console.until(lambda screen: "watch alive" in screen.lines[0], limit=30) * 1000)
            while "NEW 0" in console.screen.lines[0] or " NEW " not in "\n".join(console.screen.lines):
                console.press(b"p")  # what could not be seen twice is an alert
                console.settle(quiet=0.5, limit=2)
            console.press(b"n")
            console.settle(quiet=0.3)
            for number in range(count):
                console.press(b"c")
                console.settle(quiet=0.2)
                console.press(f"seen {number}".encode())
                console.settle(quiet=0.2)
                began = now()
                console.press(b"\r")
                lines.until(f"seen {number}", console)
                times.append((now() - began) * 1000)
                console.settle(quiet=0.2)
    finally:
        service.terminate()
        service.wait()
    return [Row("attend", "an act at a console: the service has it", times, "ms", LIMIT, wall=True),
            Row("attend", "a console: attached to the service", attached, "ms", LIMIT, wall=True)]


class Lines:
    """What a program writes, as it comes."""

    def __init__(self, descriptor):
        self.descriptor, self.text = descriptor, ""

    def until(self, word, console=None, limit=20.0):
        end = time.monotonic() + limit
        while word not in self.text:
            if time.monotonic() > end:
                raise RuntimeError(f"the service never said {word!r}: {self.text[-300:]}")
            waited = [self.descriptor] + ([console.master] if console else [])
            ready, _, _ = select.select(waited, [], [], 0.1)
            if self.descriptor in ready:
                data = os.read(self.descriptor, 65536)
                if not data:
                    raise RuntimeError(f"the service ended: {self.text[-300:]}")
                self.text += data.decode("utf-8", "replace")
            if console and console.master in ready:
                console.screen.feed(console.read(0))
