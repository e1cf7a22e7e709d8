"""A program in a terminal made of software: what it wrote and when, what it used."""

import fcntl
import os
import select
import signal
import struct
import termios
import time

from .screen import Screen

now = time.perf_counter


class Ended(Exception):
    """The program ended, or showed in time nothing of what was waited for."""


class Program:
    """Starts at once. Times are seconds after `start`, which is taken before the fork."""

    def __init__(self, arguments, columns=80, rows=24, environment=None, folder="/", ignores_hangup=False):
        self.screen = Screen(columns, rows)
        self.chunks, self.usage, self.status = [], None, None
        self.master, slave = os.openpty()
        self.set_size(columns, rows)
        self.start = now()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.close(self.master)
                os.login_tty(slave) if hasattr(os, "login_tty") else take_terminal(slave)
                if ignores_hangup:
                    signal.signal(signal.SIGHUP, signal.SIG_IGN)
                os.chdir(folder)
                os.execvpe(arguments[0], arguments, environment)
            finally:
                os._exit(127)
        os.close(slave)
        os.set_blocking(self.master, False)

    def set_size(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.screen.resize(columns, rows)
        self.set_size(columns, rows)

    def read(self, limit):
        """The next piece within `limit` seconds; b"" if nothing came. Does not draw it."""
        ready, _, _ = select.select([self.master], [], [], max(limit, 0))
        if not ready:
            return b""
        try:
            data = os.read(self.master, 65536)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            raise Ended(f"it ended; last on its screen: {' / '.join(l for l in self.screen.lines if l)[-300:]}")
        self.chunks.append((now() - self.start, data))
        return data

    def settle(self, quiet=0.1, limit=10.0):
        """Reads and draws until nothing came for `quiet` seconds; the bytes that came."""
        came, end = b"", now() + limit
        while now() < end:
            data = self.read(min(quiet, end - now()))
            if not data:
                break
            came += data
        self.screen.feed(came)
        return came

    def until(self, shows, limit=20.0):
        """Reads until the screen shows it; seconds after the start when the last piece of that came."""
        if shows(self.screen):
            return self.chunks[-1][0]
        end = now() + limit
        while now() < end:
            data = self.read(min(0.2, end - now()))
            if data:
                self.screen.feed(data)
                if shows(self.screen):
                    return self.chunks[-1][0]
        raise Ended("never shown; on its screen: " + " / ".join(l for l in self.screen.lines if l)[-400:])

    def press(self, keys):
        os.write(self.master, keys)

    def answer(self, keys, limit=2.0):
        """Seconds from the key to the first byte of what it brings about; that is drawn, too."""
        self.settle(quiet=0.004)
        began = now()
        self.press(keys)
        data = self.read(limit)
        if not data:
            raise Ended(f"no answer to {keys!r} within {limit:g} s")
        took = now() - began
        self.screen.feed(data)
        self.settle(quiet=0.004)
        return took

    @property
    def cpu(self):
        """Seconds of processor time so far, of all its threads, those that ended too."""
        return time.clock_gettime((~self.pid << 3) | 2)

    @property
    def wakes(self):
        """How often its threads have gone to sleep, by thread."""
        counts = {}
        for thread in os.listdir(f"/proc/{self.pid}/task"):
            try:
                counts[thread] = field(f"/proc/{self.pid}/task/{thread}/status", "voluntary_ctxt_switches")
            except OSError:
                continue
        return counts

    @property
    def memory(self):
        """Its own and its share of what is shared with others, in MB (Pss)."""
        return field(f"/proc/{self.pid}/smaps_rollup", "Pss") / 1024

    def close_terminal(self):
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def wait(self, limit):
        """Seconds until it ended; None if it did not within the limit."""
        began = now()
        while now() - began < limit:
            if self.poll():
                return now() - began
            time.sleep(0.002)
        return None

    def poll(self):
        if self.status is None:
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid:
                self.status, self.usage = status, usage
        return self.status is not None

    def end(self):
        """Asks it to end, then sees to it."""
        if not self.poll():
            os.kill(self.pid, signal.SIGTERM)
            if self.master >= 0:
                end = now() + 3
                while not self.poll() and now() < end:
                    try:
                        self.read(0.02)
                    except Ended:
                        time.sleep(0.002)
            if not self.poll():
                os.kill(self.pid, signal.SIGKILL)
                self.wait(5)
        self.close_terminal()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


def take_terminal(slave):
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(slave, descriptor)
    os.close(slave)


def field(path, name):
    with open(path, encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith(name + ":"):
                return int(line.split()[1])
    return 0


def run(arguments, environment, folder="/", stdin="/dev/null"):
    """Runs a command without a terminal: status, wall and CPU seconds, peak memory in MB, output."""
    reader, writer = os.pipe()
    began = now()
    pid = os.fork()
    if pid == 0:
        try:
            for descriptor, to in ((os.open(stdin, os.O_RDONLY), 0), (writer, 1), (writer, 2)):
                os.dup2(descriptor, to)
            os.chdir(folder)
            os.execvpe(arguments[0], arguments, environment)
        finally:
            os._exit(127)
    os.close(writer)
    said = b""
    while data := os.read(reader, 65536):
        said += data
    os.close(reader)
    _, status, usage = os.wait4(pid, 0)
    wall = now() - began
    return Outcome(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime,
                   usage.ru_maxrss / 1024, said.decode("utf-8", "replace"))


class Outcome:
    def __init__(self, status, wall, cpu, memory, output):
        self.status, self.wall, self.cpu, self.memory, self.output = status, wall, cpu, memory, output
