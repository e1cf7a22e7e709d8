"""Rows of figures, and what is said of each: within its limit, past it, or not to be judged now."""

import os
import statistics
import sys
import time

BUSY = 0.15  # of all processors, used by others while a row was measured


class Row:
    """What we need against what a named program needs, in one unit; less is better.

    The 95th percentile is judged, or `judged` where that is something else. A `wall` row is judged by
    the clock: other people's load makes it worse, so it counts only on a machine that is at rest.
    """

    def __init__(self, name, what, ours, unit, limit=None, other=None, others=(), wall=False, judged=None):
        self.name, self.what, self.unit, self.limit, self.wall = name, what, unit, limit, wall
        self.ours, self.other, self.others = numbers(ours), other, numbers(others)
        self.judged = max(percentile(self.ours, 95), 0) if judged is None else judged
        self.foreign = 0.0

    @property
    def is_past(self):
        return self.limit is not None and self.judged > self.limit

    @property
    def verdict(self):
        if self.limit is None:
            return ""
        if not self.is_past:
            return "ok"
        return "busy" if self.wall and self.foreign > BUSY else "PAST"

    @property
    def ratio(self):
        if not self.others or statistics.median(self.others) <= 0:
            return ""
        ratio = statistics.median(self.ours) / statistics.median(self.others)
        return f"{ratio:.0f}x" if ratio >= 20 else f"{ratio:.2g}x"

    @property
    def margin(self):
        if self.limit is None or self.judged <= 0:
            return ""
        room = self.limit / self.judged
        return f"{room:.0f}x" if room >= 10 else f"{room:.1f}x"


class Machine:
    """Who else used the processors meanwhile."""

    def __enter__(self):
        self.began, self.foreign = self.reading(), 0.0
        return self

    def __exit__(self, *_):
        end = self.reading()
        total = max(end[1] - self.began[1], 1e-3)
        self.foreign = max(0.0, (end[0] - self.began[0]) / total)

    @staticmethod
    def reading():
        with open("/proc/stat", encoding="ascii") as file:
            ticks = [int(word) for word in file.readline().split()[1:9]]
        second = os.sysconf("SC_CLK_TCK")
        own = sum(os.times()[:4])  # ours, and that of children that have ended
        busy = sum(ticks) - ticks[3] - ticks[4]
        return busy / second - own, sum(ticks) / second


class Bench:
    def __init__(self):
        self.rows, self.notes, self.began = [], [], time.time()
        print_line("row", "what, and beside what", "median", "p95", "theirs", "ratio", "limit", "room", "")

    def take(self, measure, *arguments):
        """Measures some rows; once more where one is past its limit by the clock. The better run counts."""
        rows = self.once(measure, arguments)
        if any(row.wall and row.is_past for row in rows):
            second = {(row.name, row.what): row for row in self.once(measure, arguments)}
            rows = [min((row, second.get((row.name, row.what), row)), key=lambda r: r.judged) for row in rows]
        for row in rows:
            self.rows.append(row)
            show(row)

    def once(self, measure, arguments):
        try:
            with Machine() as machine:
                rows = measure(*arguments)
        except Exception as problem:  # one row that cannot be had must not hide the others
            words = f"{type(problem).__name__}: {problem}"
            rows = [Row(measure.__name__, f"could not be measured: {words}", [1], "", limit=0)]
        for row in rows:
            row.foreign = machine.foreign
        return rows

    def note(self, text):
        self.notes.append(text)

    def end(self):
        """The exit status: 1 past a limit, 2 if nothing is but something could not be judged."""
        past = [row.name for row in self.rows if row.verdict == "PAST"]
        busy = [row.name for row in self.rows if row.verdict == "busy"]
        foreign = sum(row.foreign for row in self.rows) / max(1, len(self.rows))
        print()
        for note in self.notes:
            print(note)
        print(f"machine: {os.cpu_count()} processors, load average {' '.join(f'{n:.1f}' for n in os.getloadavg())}; "
              f"others used {foreign:.0%} of it meanwhile{', it was busy' if foreign > BUSY else ''}")
        print(f"took {time.time() - self.began:.0f} s; median and p95 are ours, theirs is a median, "
              "ratio is ours to theirs (under 1 is better), room is the limit to what was judged")
        if busy:
            print("by the clock, past the limit, and not judged because the machine was busy:", ", ".join(busy))
        print("past the limit: " + ", ".join(past) if past else "nothing judged is past its limit")
        return 1 if past else 2 if busy else 0


def numbers(values):
    return [float(value) for value in (values if isinstance(values, (list, tuple)) else [values])]


def percentile(values, part):
    """The smallest value that so many percent of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * part // 100) - 1)]


def shown(value, unit):
    if value is None:
        return ""
    text = f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2g}"
    return f"{text} {unit}".strip()


def show(row):
    many = len(row.ours) > 1
    print_line(row.name, row.what + (f" | {row.other}" if row.other else ""),
               shown(statistics.median(row.ours), row.unit),
               shown(percentile(row.ours, 95), row.unit) if many else "",
               shown(statistics.median(row.others), row.unit) if row.others else "", row.ratio,
               shown(row.limit, row.unit), row.margin, row.verdict)


def print_line(name, what, *rest):
    widths = (11, 11, 11, 6, 9, 5, 4)
    print(f"{name:<10.10} {what:<52.52}" + "".join(f" {word:>{w}}" for word, w in zip(rest, widths)).rstrip())
    sys.stdout.flush()
