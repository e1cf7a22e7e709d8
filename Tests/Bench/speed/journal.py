"""Long journals: verifying one beside a loop that anybody can write, and a console that opens one."""

import hashlib
import json
import os
import re
import sys
import time

from . import console
from .program import Program, now, run
from .table import Row

KINDS = (("late", "low", "log objects late 16m20s (15m+15m)"), ("silent", "high", "SILENT for 32m10s (15m+15m)"),
         ("error", "high", "DELIVERY ERROR NoSuchBucket"))
OPERATOR = {"name": "mira", "uid": 1000, "tty": "pts/3", "ssh": "192.0.2.14"}


def make(folder, entries, still_open):
    """A journal as a watch of some years leaves it; the last `still_open` alerts are not closed."""
    os.makedirs(f"{folder}/journal", mode=0o700)
    events = lives(entries, still_open)
    span = 600
    started = time.time() - 60 - entries * span
    previous, line = "0" * 64, b""
    with open(f"{folder}/journal/journal.jsonl", "wb", opener=private) as file:
        for number in range(1, entries + 1):
            at = started + number * span
            kind, rest = next(events)
            head = {"v": 1, "seq": number, "prev": previous, "at": iso(at), "boot": number * 1000, "kind": kind}
            line = json.dumps({**head, **rest(at)}, separators=(",", ":")).encode()
            previous = hashlib.sha256(line).hexdigest()
            file.write(line + b"\n")
    with open(f"{folder}/journal/head", "w", opener=private) as file:
        file.write(json.dumps({"v": 1, "seq": entries, "sha256": previous}, separators=(",", ":")) + "\n")


def private(path, flags):
    return os.open(path, flags, 0o600)


def iso(at):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at)) + f".{int(at * 1000) % 1000:03d}Z"


def lives(entries, still_open):
    """(kind, members at a time), for ever: ten entries for an alert that was handled, one for an open one."""
    number = 0
    for _ in range((entries - still_open) // 10):
        number += 1
        yield from handled(number)
    for n in range((entries - still_open) % 10):
        yield proof(n)
    while True:
        number += 1
        yield raised(number)


def raised(number):
    code, priority, what = KINDS[number % len(KINDS)]
    region = f"eu-west-{number % 9 + 1}"
    return "raise", lambda at: {
        "alert": f"A-{number:04d}", "code": f"aws.delivery.{code}", "source": "aws/prod/main",
        "subject": f"s3 {region} {number}", "account": "prod", "region": region, "class": "condition",
        "priority": priority, "failed": iso(at - 90), "what": what,
        "values": {"trail": "main", "region": region, "profile": "prod"}}


def proof(number):
    return "proof", lambda at: {
        "source": "aws/prod/main", "state": "ok", "from": iso(at - 3600), "to": iso(at), "newest": iso(at - 300),
        "minutes": {"ok": 60}}


def handled(number):
    alert, by = {"alert": f"A-{number:04d}"}, {"by": OPERATOR}
    yield raised(number)
    yield "told", lambda at: {**alert, "channel": "console", "to": "mira", "accepted": True}
    yield "ack", lambda at: {**alert, **by, "until": iso(at + 1800)}
    for step in (1, 2):
        yield "step", lambda at, step=step: {**alert, "runbook": "aws-delivery-silent", "step": step,
                                             "outcome": "done", **by}
    yield "note", lambda at: {**alert, **by, "text": "the portal shows the same gap; asked the platform team"}
    yield proof(number)
    yield proof(number + 1)
    yield "clear", lambda at: {**alert, "text": "fresh log object"}
    yield "close", lambda at: {**alert, "text": "acknowledged and cleared"}


def verify(place, state, entries, rounds, shell_entries):
    """`journal verify` beside a loop of ten lines of Python, and the documented one in the shell."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    path = f"{place.path(state)}/journal/journal.jsonl"
    ours, python = [], []
    for _ in range(rounds):
        ours.append(must(run([place.watchkeeper, "journal", "verify", "--state", place.path(state)],
                             place.environment), f"{entries}"))
        python.append(must(run([sys.executable, f"{here}/verify_loop.py", path], place.environment), f"{entries}"))
    few, script = first_lines(place, path, shell_entries), place.write("verify.sh", documented_loop())
    shell = must(run(["sh", script], place.environment, stdin=few), f"{shell_entries}")
    count = f"{entries // 1000} 000 entries"
    scaled = [shell.wall * entries / shell_entries]
    return [
        Row("L-verify", f"journal verify, {count} | Python's hashlib", wall(ours), "s", 10, None, wall(python), wall=True),
        Row("L-verify", "the same: processor time", [o.cpu for o in ours], "s", None, None, [p.cpu for p in python]),
        Row("L-verify", "the same: peak memory", [o.memory for o in ours], "MB", 64, None, [p.memory for p in python]),
        Row("L-verify", f"the same | sh and sha256sum, {shell_entries} scaled up", wall(ours), "s", None, None, scaled)]


def wall(outcomes):
    return [outcome.wall for outcome in outcomes]


def must(outcome, said):
    if outcome.status != 0 or said not in outcome.output:
        raise RuntimeError(f"status {outcome.status}, said: {outcome.output[-300:]}")
    return outcome


def first_lines(place, path, count):
    with open(path, "rb") as file:
        lines = b"".join(next(file) for _ in range(count))
    with open(place.path("few.jsonl"), "wb") as file:
        file.write(lines)
    return place.path("few.jsonl")


def documented_loop():
    """The loop as docs/journal-format.md has it."""
    page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../docs/journal-format.md")
    with open(page, encoding="utf-8") as file:
        return re.search(r"```sh\n(.*?)```", file.read(), re.S)[1]


def long_console(place, state, entries, rounds, commits):
    """L6. The first frame, and the journal screen, of a console with that much behind it."""
    history = place.history(commits)
    ours, whole, screens, memory, tig = [], [], [], [], []
    for _ in range(rounds):
        with Program(place.console(state), 80, 24, place.environment) as program:
            ours.append(program.until(lambda screen: screen.lines[0].strip() != "") * 1000)
            program.press(b"2")
            whole.append(program.until(console.is_ours, limit=60) * 1000)
            screens.append(program.until(lambda screen: any("JOURNAL" in l for l in screen.lines[:3])) * 1000)
            memory.append(program.memory)
        with Program(["tig"], 80, 24, place.environment, folder=history) as program:
            tig.append(program.until(console.is_tig) * 1000)
    what = f"{entries // 1000} 000 entries"
    return [Row("L6", f"first frame, {what} | tig, {commits} commits", ours, "ms", 100, None, tig, wall=True),
            Row("L6", "the same: the overview, from the start", whole, "ms"),
            Row("L6", "the same: journal screen, from the start", screens, "ms", 1000, wall=True),
            Row("L6", "the same: memory (Pss)", memory, "MB")]


def long_queue(place, state, count, rounds):
    """P4. Move keys in a list of that many open alerts."""
    with Program(place.console(state), 80, 24, place.environment) as program:
        program.until(console.is_ours, limit=60)
        program.settle(quiet=0.3, limit=5)
        end, times = now() + 30, []
        while len(times) < rounds and now() < end:
            times.append(program.answer(console.DOWN if len(times) % 3 else console.UP, limit=30) * 1000)
    return [Row("P4", f"move key, {count} open alerts", times, "ms", 50, wall=True)]
