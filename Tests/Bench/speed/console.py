"""The console beside htop and tig: first frame, idling, keys, resizing, ending."""

import random
import re

from .program import Ended, Program, now
from .table import Row

SIZES = ((80, 24), (200, 60))


def is_ours(screen):
    return "? help" in screen.lines[-1] and screen.lines[0].strip() != ""


def is_htop(screen):
    return "Quit" in screen.lines[-1] and "Load average" in "".join(screen.lines)


def is_tig(screen):
    return any("[main]" in line for line in screen.lines[-2:]) and screen.lines[0].strip() != ""


class Beside:
    """The three programs, started the same way."""

    def __init__(self, place, alerts_state):
        self.place = place
        self.history = place.history(200)
        self.state = alerts_state

    def ours(self, columns=80, rows=24, arguments=None):
        return Program(arguments or self.place.demo(), columns, rows, self.place.environment)

    def queue(self, columns=80, rows=24):
        """Ours with alerts in the list, and nothing that happens by itself but the clock."""
        return self.ours(columns, rows, self.place.console(self.state))

    def htop(self, columns=80, rows=24):
        return Program(["htop"], columns, rows, self.place.environment)

    def tig(self, columns=80, rows=24):
        return Program(["tig"], columns, rows, self.place.environment, folder=self.history)


def first_frame(beside, rounds):
    """P1. The three take turns, so that what else the machine does meets all of them."""
    rows = []
    for size in SIZES:
        ours, htop, tig = [], [], []
        for _ in range(rounds):
            for make, shows, times in ((beside.ours, is_ours, ours), (beside.htop, is_htop, htop),
                                       (beside.tig, is_tig, tig)):
                with make(*size) as program:
                    times.append(program.until(shows) * 1000)
        name = "P1 {}x{}".format(*size)
        rows.append(Row(name, "first full frame | htop", ours, "ms", 100, None, htop, wall=True))
        rows.append(Row(name + " ", "the same | tig, 200 commits", ours, "ms", None, None, tig))
    return rows


def idle(beside, seconds):
    """P2. All three at once, each in a terminal of its own."""
    with beside.ours() as ours, beside.htop() as htop, beside.tig() as tig:
        all_three = (ours, htop, tig)
        for program, shows in zip(all_three, (is_ours, is_htop, is_tig)):
            program.until(shows)
        wait(all_three, 3)
        before = [(p.cpu, p.wakes, sum(len(data) for _, data in p.chunks), p.memory) for p in all_three]
        began = now()
        wait(all_three, seconds)
        took = now() - began
        figures = []
        for program, (cpu, wakes, count, memory) in zip(all_three, before):
            woken = sum(n - wakes.get(thread, 0) for thread, n in program.wakes.items())
            figures.append({
                "bytes": (sum(len(data) for _, data in program.chunks) - count) / took,
                "wakes": woken / took, "cpu": (program.cpu - cpu) / took * 100, "memory": program.memory,
                "growth": program.memory - memory})
    rows = []
    for key, what, unit, limit in (("bytes", "idle: bytes a second", "B/s", 200),
                                   ("wakes", "idle: wake-ups a second", "/s", 5),
                                   ("cpu", "idle: processor time", "%", 0.5),
                                   ("memory", "idle: memory (Pss)", "MB", None)):
        mine, *theirs = [figure[key] for figure in figures]
        for other, value in zip(("htop", "tig"), theirs):
            first = other == "htop"
            rows.append(Row("P2" + ("" if first else " "), f"{what} | {other}", mine, unit,
                            limit if first else None, None, value, wall=key == "cpu"))
    # Right after the start some growth is no leak: a short look is shown, and not judged.
    limit = 2.0 if seconds >= 60 else None
    rows.append(Row("P2", f"idle: growth of memory in {seconds} s", figures[0]["growth"], "MB", limit))
    return rows


def wait(programs, seconds):
    end = now() + seconds
    while now() < end:
        for program in programs:
            program.read(0.02)
    for program in programs:
        program.settle(quiet=0.001)


DOWN, UP = b"\x1bOB", b"\x1bOA"


def key_bytes(beside, count):
    """P3. The bytes of one Down key, right after a tick of the clock."""
    rows = []
    for (columns, lines), limit in zip(SIZES, (1024, 3072)):
        figures = []
        for make, shows in ((beside.queue, is_ours), (beside.htop, is_htop), (beside.tig, is_tig)):
            with make(columns, lines) as program:
                program.until(shows)
                wait((program,), 2)  # what a start brings about by itself
                tick = 0 if make == beside.tig else 1.6
                figures.append([bytes_of(program, DOWN, tick) for _ in range(count)])
        ours, htop, tig = figures
        name = f"P3 {columns}x{lines}"
        rows.append(Row(name, "bytes for one Down key | htop", ours, "B", limit, None, htop, judged=max(ours)))
        rows.append(Row(name + " ", "the same | tig", ours, "B", None, None, tig))
    return rows


def bytes_of(program, key, tick):
    """After what the program writes by itself, which comes every `tick` seconds."""
    program.read(tick)
    program.settle(quiet=0.03)
    program.press(key)
    first = program.read(2.0)
    program.screen.feed(first)
    return len(first) + len(program.settle(quiet=0.1))


def key_time(beside, count):
    """K2. Down and Up in turn; each answered before the next."""
    figures = []
    for make, shows in ((beside.queue, is_ours), (beside.htop, is_htop), (beside.tig, is_tig)):
        with make() as program:
            program.until(shows)
            program.settle(quiet=0.3, limit=3)
            figures.append([program.answer(DOWN if n % 2 == 0 else UP) * 1000 for n in range(count)])
    ours, htop, tig = figures
    return [Row("K2", "key to changed screen | htop", ours, "ms", 50, None, htop, wall=True),
            Row("K2 ", "the same | tig", ours, "ms", None, None, tig)]


def escape(beside, count):
    """K6. Esc out of the help (ours) and out of the search line (htop)."""
    def leave(program, enter, shows):
        times = []
        for _ in range(count):
            program.press(enter)
            program.until(shows)
            program.settle(quiet=0.05)
            times.append(program.answer(b"\x1b") * 1000)
            program.settle(quiet=0.05)
        return times

    with beside.queue() as program:
        program.until(is_ours)
        program.settle(quiet=0.2, limit=3)
        ours = leave(program, b"?", lambda screen: not any("ALERTS" in line for line in screen.lines))
    with beside.htop() as program:
        program.until(is_htop)
        program.settle(quiet=0.3, limit=3)
        htop = leave(program, b"/", lambda screen: "Search:" in screen.lines[-1])
    return [Row("K6", "Esc to changed screen | htop", ours, "ms", 100, None, htop, wall=True)]


def resizes(beside, count):
    """S5. Random sizes, each after the last frame was read; then the same as one that never changed."""
    def storm(make, shows):
        chance = random.Random(5)
        with make() as program:
            program.until(shows)
            program.settle(quiet=0.2, limit=3)
            began = now()
            for _ in range(count):
                program.resize(chance.randint(1, 220), chance.randint(1, 70))
                if program.read(1.0):
                    program.settle(quiet=0.002)
            program.resize(80, 24)
            program.until(shows)
            took = now() - began
            program.settle(quiet=0.1, limit=2)
            return took, still(program.screen)

    took, after = storm(beside.queue, is_ours)
    htop, _ = storm(beside.htop, is_htop)
    with beside.queue() as program:
        program.until(is_ours)
        program.settle(quiet=0.2, limit=3)
        fresh = still(program.screen)
    differ = sum(left != right for left, right in zip(after, fresh))
    return [Row("S5", f"{count} random resizes | htop", took, "s", 10 * count / 500, None, htop, wall=True),
            Row("S5", "lines that differ from a fresh screen after them", differ, "", 0)]


def still(screen):
    """The lines without what passing time changes, and without what was said at the start."""
    return [re.sub(r"\d+", "0", re.sub(r"\s+", " ", line)) for line in screen.lines[:-3]]


def crash(beside, count):
    """T9. A trap: the terminal is put back and the program is gone; one second of it is the demo's wait."""
    times = []
    for _ in range(count):
        with beside.ours(arguments=beside.place.demo("quiet", "--crash")) as program:
            shown = program.until(is_ours)
            gone = drain(program, 8)
            text = b"".join(data for _, data in program.chunks)
            if b"\x1b[?1049l" not in text or b"Ended by signal" not in text:
                raise Ended("the terminal was not put back")
            times.append(max(0.0, gone - program.start - shown - 1.0) * 1000)
    return [Row("T9", "a trap: gone, with the terminal put back", times, "ms", 1000, wall=True)]


def drain(program, limit):
    """Reads to the end; when that was."""
    end = now() + limit
    while now() < end:
        try:
            program.read(0.2)
        except Ended:
            program.wait(limit)
            return now()
    raise Ended("it did not end")


def hang_up(beside, count):
    """T11. The terminal goes away, with SIGHUP as it is and with SIGHUP ignored."""
    rows = []
    for ignores in (False, True):
        figures = []
        for arguments, shows, folder in ((beside.place.demo(), is_ours, "/"), (["htop"], is_htop, "/")):
            times, share = [], []
            for _ in range(count):
                with Program(arguments, 80, 24, beside.place.environment, folder, ignores) as program:
                    program.until(shows)
                    program.settle(quiet=0.2, limit=1)
                    before = program.cpu
                    program.close_terminal()
                    took = program.wait(5)
                    times.append((5 if took is None else took) * 1000)
                    if took is not None:
                        used = program.usage.ru_utime + program.usage.ru_stime - before
                        share.append(max(0.0, used) * 1000)
            figures.append((times, share or [5000]))
        how = "SIGHUP ignored" if ignores else "SIGHUP"
        (ours, cpu), (htop, htop_cpu) = figures
        rows.append(Row("T11", f"terminal closed, {how}: gone | htop", ours, "ms", 1000, None, htop, wall=True))
        rows.append(Row("T11", f"terminal closed, {how}: CPU until then | htop", cpu, "ms", 50, None, htop_cpu))
    return rows
