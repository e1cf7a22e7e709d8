#!/usr/bin/env python3
"""Shows Watchkeeper's speed: a table of figures beside named alternatives, on this machine, in this run.

Writes nothing into the checkout. Exit status: 0 within all limits, 1 past one, 2 where something past its
limit could not be judged because others were using the machine.
"""

import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from speed import attend, cloud, console, fanout, journal, judging  # noqa: E402
from speed.estate import Place  # noqa: E402
from speed.table import Bench  # noqa: E402

ENTRIES = 100_000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, help="the release build of watchkeeper")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: less than a minute")
    parser.add_argument("--only", default="", help="parts, with commas: console, journal, cloud, judging")
    parser.add_argument("--tests", help="the test bundle, for how well the watch judges")
    asked = parser.parse_args()
    wanted = asked.only.split(",") if asked.only else ["console", "journal", "cloud", "judging"]
    quick = asked.quick
    place = Place(os.path.abspath(asked.program))
    bench = Bench()
    try:
        journal.make(place.path("queue"), 400, still_open=60)
        if "console" in wanted:
            beside = console.Beside(place, "queue")
            bench.take(console.first_frame, beside, 5 if quick else 20)
            bench.take(console.idle, beside, 8 if quick else 60)
            bench.take(console.key_bytes, beside, 2 if quick else 20)
            bench.take(console.key_time, beside, 50 if quick else 200)
            bench.take(console.escape, beside, 5 if quick else 20)
            bench.take(console.resizes, beside, 100 if quick else 500)
            bench.take(console.crash, beside, 1 if quick else 5)
            bench.take(console.hang_up, beside, 2 if quick else 10)
            bench.take(attend.acts, place, 5 if quick else 50)
        if "journal" in wanted:
            journal.make(place.path("long"), ENTRIES, still_open=40)
            bench.take(journal.verify, place, "long", ENTRIES, 1 if quick else 5, 300 if quick else 2000)
            bench.take(journal.long_console, place, "long", ENTRIES, 2 if quick else 10, ENTRIES)
            journal.make(place.path("flood"), 10_100, still_open=10_000)
            bench.take(journal.long_queue, place, "flood", 10_000, 20 if quick else 200)
        if "cloud" in wanted:
            bench.take(cloud.check, place, 1 if quick else 5, bench)
            bench.take(fanout.fan_out, place, 1 if quick else 5, bench)
        if "judging" in wanted:
            bench.take(judging.load, place, 1000, 30 if quick else 180)
            if asked.tests:
                bench.take(judging.judged, asked.tests, bench)
                if not quick:
                    bench.take(judging.rounds, asked.tests, place.watchkeeper)
    finally:
        place.remove()
    return bench.end()


if __name__ == "__main__":
    sys.exit(main())
