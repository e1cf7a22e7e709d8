"""How well the watch judges: faults raised, in what time, by what; learned expectations beside fixed rules;
and what a thousand sources cost."""

import os
import subprocess
import time

from .program import field
from .table import Row

SUITES = r"^WatchEngineTests\.(FaultCorpusTests/eachIsSeen|LearnedTests/fewFalseAlarms)"


def load(place, sources, seconds):
    """The watch itself over made-up sources, each looked at every minute; all but the calls to a cloud."""
    warm = 20
    process = subprocess.Popen(
        [place.watchkeeper, "measure", str(sources), str(warm + seconds + 30), "--state", place.path("load")],
        env=place.environment, stdout=subprocess.DEVNULL)
    try:
        time.sleep(warm)  # the first round comes all at once
        began, before = time.monotonic(), cpu(process.pid)
        time.sleep(seconds)
        used, took = cpu(process.pid) - before, time.monotonic() - began
        if process.poll() is not None:
            raise RuntimeError(f"it ended with status {process.returncode}")
        peak = field(f"/proc/{process.pid}/status", "VmHWM") / 1024
    finally:
        process.terminate()
        process.wait()
    return [Row("load", f"{sources} sources at 60 s, calls aside: of one processor", used / took * 100, "%", 5),
            Row("load", "the same: peak memory", peak, "MiB", 100)]


def cpu(pid):
    """Seconds of processor time so far, of all its threads."""
    return time.clock_gettime((~pid << 3) | 2)


def rounds(tests, program):
    """Two watches, one killed at a random moment, and a receiver that says of some notifications that it
    could not take them: the end-to-end test, fifty times, with the program that is measured."""
    run = subprocess.run(
        [tests, "--testing-library", "swift-testing", "--filter", r"^EndToEndTests\.KillRoundTests/"],
        env={**os.environ, "WATCHKEEPER_JUDGING": "1", "WATCHKEEPER_ALL_SIZES": "1",
             "WATCHKEEPER_BINARY": program},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    seen = [[int(word) for word in line[line.index("ROUND|") + 6:].split("|")]
            for line in run.stdout.splitlines() if "ROUND|" in line]
    if not seen:
        raise RuntimeError(f"the test said nothing: {run.stdout[-300:]}")
    raised, twice, told, _, came = (sum(row[n] for row in seen) for n in range(1, 6))
    lost = sum(max(0, row[3] - row[4]) for row in seen)
    return [Row("rounds", f"{len(seen)} rounds of kill -9, {raised} alerts: raised twice", twice, "", 0),
            Row("rounds", f"{told} notifications, {came} deliveries: never arrived", lost, "", 0),
            Row("rounds", "the test behind it: failed", int(run.returncode != 0), "", 0)]


def judged(tests, bench):
    """The fault corpus and the made-up logs, by the engine's own tests with a manual clock."""
    run = subprocess.run(
        [tests, "--testing-library", "swift-testing", "--filter", SUITES],
        env={**os.environ, "WATCHKEEPER_JUDGING": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False)
    told = [line.split("|") for line in run.stdout.splitlines() if "FAULT|" in line or "TRACE|" in line]
    faults = sorted((f[1:] for f in told if f[0].endswith("FAULT")), key=lambda f: f[:2])
    traces = sorted(f[1:] for f in told if f[0].endswith("TRACE"))
    if not faults or not traces:
        raise RuntimeError(f"the tests said nothing: {run.stdout[-300:]}")
    bench.note(corpus(faults))
    bench.note(logs(traces))
    seconds = [int(taken) for _, _, _, taken, _, _ in faults if taken.isdigit()]
    return [Row("faults", f"{len(faults)} faults, 3 clouds: not raised by their code", len(faults) - len(seconds), "", 0),
            Row("faults", "alarms that were none of theirs", sum(int(f[4]) for f in faults), "", 0),
            Row("faults", "minutes of a blind window that said ok", sum(int(f[5]) for f in faults), "", 0),
            Row("faults", "from the fault to its alert", seconds, "s"),
            Row("faults", "the tests behind it: failed", int(run.returncode != 0), "", 0)] + [
            Row("learned", f"{t[0].split(':')[0]}: a cut is late after | fixed, as quiet", float(t[4]), "min",
                None, None, float(t[7])) for t in traces]


def corpus(faults):
    lines = [f"{'fault':<66} {'raised as':<26} {'seconds':>8} {'false':>6} {'said ok':>8}"]
    for cloud, name, code, taken, false, lies in faults:
        lines.append(f"{cloud:<6} {name[:58]:<59} {code:<26} {taken:>8} {false:>6} {lies:>8}")
    return "\n".join(lines)


def logs(traces):
    head = ("made-up log, half a year", "15 min: false/y", "cut", "learned: false/y", "cut", "p90",
            "fixed at", "cut", "p90")
    lines = ["minutes from a cut until it is late, and false alarms a year; the last three: the fixed rule that has as "
             "few false alarms as the learned one", "{:<52}{:>16}{:>6}{:>18}{:>7}{:>7}{:>10}{:>7}{:>7}".format(*head)]
    for trace in traces:
        lines.append("{:<52.52}{:>16}{:>6}{:>18}{:>7}{:>7}{:>10}{:>7}{:>7}".format(*trace))
    return "\n".join(lines)
