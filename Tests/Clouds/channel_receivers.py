#!/usr/bin/env python3
"""Receivers of notifications for integration tests: Slack, Teams, PagerDuty, Jira, SNS and a signed webhook on one
loopback port, and mail servers with TLS of three kinds. What the published schemas do not know is refused.

`channel_receivers.py FOLDER` makes a certificate there, writes FOLDER/ready.json when it listens (ports, certificate),
and ends with whoever started it. GET /_control/facts says what came; POST /_control/every with a number N drops the
answer of every Nth request after it was taken. Python 3.11 or later and the openssl program, no packages.
"""

import json
import os
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from channelreceivers import mail, web  # noqa: E402


def certificate(folder):
    paths = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test",
         "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", paths[1], "-out", paths[0]],
        check=True, capture_output=True)
    return paths


def main():
    folder, parent = sys.argv[1], os.getppid()
    pem, key = certificate(folder)
    state = web.State()
    ready = {"web": web.serve(state), "certificate": pem}
    for mode in ("smtps", "starttls", "plain"):
        ready[mode] = mail.serve(mode, pem, key, state)
    with open(os.path.join(folder, "ready.new"), "w", encoding="utf-8") as file:
        json.dump(ready, file)
    os.rename(os.path.join(folder, "ready.new"), os.path.join(folder, "ready.json"))
    while os.getppid() == parent:
        time.sleep(0.5)


if __name__ == "__main__":
    main()
