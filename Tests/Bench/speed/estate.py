"""Where the bench works: a folder of its own, away from the checkout and from the user's settings."""

import os
import shutil
import subprocess
import tempfile


class Place:
    def __init__(self, watchkeeper):
        self.folder = tempfile.mkdtemp(prefix="watchkeeper-bench-")
        self.watchkeeper = watchkeeper
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": self.folder, "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8", "TZ": "UTC", "XDG_CONFIG_HOME": f"{self.folder}/config",
            "XDG_STATE_HOME": f"{self.folder}/state", "GIT_CONFIG_NOSYSTEM": "1"}
        if "LD_LIBRARY_PATH" in os.environ:
            self.environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        # A watch that asks no cloud: what is on screen comes from the journal alone.
        self.quiet = self.write("quiet.json5", """
            { duty: { roles: { "security-lead": { members: ["mira"], ack_within: "15m" } } } }""")

    def path(self, name):
        return f"{self.folder}/{name}"

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def demo(self, name="quiet", *options):
        return [self.watchkeeper, "demo", name, "--speed", "1", "--state", self.path(f"demo-{name}"), *options]

    def console(self, state):
        return [self.watchkeeper, "--config", self.quiet, "--state", self.path(state)]

    def history(self, commits):
        """A repository with so many commits, for tig."""
        folder = self.path(f"history-{commits}")
        if not os.path.exists(folder):
            made = "".join(
                f"commit refs/heads/main\ncommitter Mira <mira@example.org> {1700000000 + n * 60} +0000\n"
                f"data {len(message(n))}\n{message(n)}\n" for n in range(commits))
            quiet = {"check": True, "env": self.environment, "stdout": subprocess.DEVNULL}
            subprocess.run(["git", "init", "-q", "-b", "main", folder], **quiet)
            subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=made.encode(), **quiet)
        return folder

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def message(number):
    return f"Look at the trail of region {number % 17}, round {number}"
