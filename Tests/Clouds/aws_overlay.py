#!/usr/bin/env python3
"""An AWS for integration tests: moto behind an overlay that says what moto cannot.

Prints one JSON line when it listens: {"port": ..., "moto": ..., "account": ..., "users": {name: {key, secret}}};
with --ready FILE it writes the same into that file. Loopback only. It never outlives a test: with --until-eof it
ends with its standard input, with --with-parent when whoever started it is gone.
"""

import argparse
import json
import os
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def follow(parent, stop):
    while os.getppid() == parent:
        time.sleep(0.5)
    stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--until-eof", action="store_true")
    parser.add_argument("--with-parent", action="store_true")
    parser.add_argument("--ready", metavar="FILE")
    asked = parser.parse_args()
    parent = os.getppid()
    try:
        from awsoverlay.upstream import Upstream
        upstream = Upstream()
    except ImportError as problem:
        sys.exit(f"aws_overlay: needs moto[server] and boto3 from PyPI: {problem}")
    from awsoverlay.front import Front
    from awsoverlay.identity import ACCOUNT
    from awsoverlay.overlay import Overlay

    front = Front(Overlay(upstream), asked.port)
    if asked.until_eof:
        threading.Thread(target=lambda: (sys.stdin.buffer.read(), front.stop()), daemon=True).start()
    if asked.with_parent:
        threading.Thread(target=follow, args=(parent, front.stop), daemon=True).start()
    ready = {"port": front.server_address[1], "moto": upstream.address[1], "account": ACCOUNT,
             "users": front.overlay.identities.table()}
    if asked.ready:
        with open(asked.ready + ".new", "w", encoding="utf-8") as file:
            json.dump(ready, file)
        os.rename(asked.ready + ".new", asked.ready)
    print(json.dumps(ready), flush=True)
    front.serve_forever(poll_interval=0.05)
    os._exit(0)  # moto's threads have nothing to say


if __name__ == "__main__":
    main()
