#!/usr/bin/env python3
"""An AWS for integration tests: moto behind an overlay that says what moto cannot.

Prints one JSON line when it listens: {"port": ..., "moto": ..., "account": ..., "users": {name: {key, secret}}}.
Loopback only. With --until-eof it ends when its standard input does, so it never outlives a test.
"""

import argparse
import json
import os
import sys
import threading

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--until-eof", action="store_true")
    asked = parser.parse_args()
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
    ready = {"port": front.server_address[1], "moto": upstream.address[1], "account": ACCOUNT,
             "users": front.overlay.identities.table()}
    print(json.dumps(ready), flush=True)
    front.serve_forever(poll_interval=0.05)
    os._exit(0)  # moto's threads have nothing to say


if __name__ == "__main__":
    main()
