#!/usr/bin/env python3
"""An Azure or a Google Cloud for integration tests, as strict as the published schemas.

`strict_clouds.py azure|gcp` listens on loopback, one port per service, and prints one JSON line when it does: the
endpoints and who is who; with --ready FILE it writes the same into that file. Every listener takes control requests
under /_control/. It never outlives a test: with --until-eof it ends with its standard input, with --with-parent when
whoever started it is gone. Python 3.11 or later and the openssl program, no packages.
"""

import argparse
import json
import os
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from strictclouds.common.front import Front  # noqa: E402


def made(name):
    """(cloud, class of its control)."""
    if name == "azure":
        from strictclouds.azure.cloud import AzureCloud
        from strictclouds.azure.control import AzureControl
        return AzureCloud(), AzureControl
    from strictclouds.gcp.cloud import GoogleCloud
    from strictclouds.gcp.control import GoogleControl
    return GoogleCloud(), GoogleControl


def listen(name, stop):
    """(control, listeners) of a cloud that answers."""
    cloud, kind = made(name)
    control = kind(cloud, stop)
    fronts = [Front(service, cloud, control) for service in cloud.SERVICES]
    cloud.endpoints.update({front.service: front.endpoint for front in fronts})
    cloud.clear()
    for front in fronts:
        front.start()
    control.told = control.facts()
    return control, fronts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cloud", choices=("azure", "gcp"))
    parser.add_argument("--until-eof", action="store_true")
    parser.add_argument("--with-parent", action="store_true")
    parser.add_argument("--ready", metavar="FILE")
    asked = parser.parse_args()
    parent, over = os.getppid(), threading.Event()
    control, _ = listen(asked.cloud, over.set)
    if asked.until_eof:
        threading.Thread(target=lambda: (sys.stdin.buffer.read(), over.set()), daemon=True).start()
    ready = json.dumps(control.told)
    if asked.ready:
        with open(asked.ready + ".new", "w", encoding="utf-8") as file:
            file.write(ready)
        os.rename(asked.ready + ".new", asked.ready)
    print(ready, flush=True)
    while not over.wait(0.5):
        if asked.with_parent and os.getppid() != parent:
            break
    time.sleep(0.05)  # the answer to a stop is on its way
    os._exit(0)


if __name__ == "__main__":
    main()
