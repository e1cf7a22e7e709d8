#!/usr/bin/env python3
"""Signs requests with botocore and compares: a file of JSON lines in, what differs on stderr, the count on stdout.

Each line: {service, region, key, secret, token (may be absent), at (epoch seconds), method, url, headers [[name, value]],
body (hex), signed {header: value}}.
"""

import datetime
import json
import sys

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

SIGNED = ("Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-SHA256")


def theirs(line):
    at = datetime.datetime.fromtimestamp(line["at"], datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda *_, **__: at
    request = AWSRequest(line["method"], line["url"], data=bytes.fromhex(line["body"]))
    for name, value in line["headers"]:
        request.headers.add_header(name, value)
    kind = botocore.auth.S3SigV4Auth if line["service"] == "s3" else botocore.auth.SigV4Auth
    kind(Credentials(line["key"], line["secret"], line.get("token")), line["service"], line["region"]).add_auth(request)
    return {name.lower(): request.headers[name] for name in SIGNED if name in request.headers}


def main():
    same = different = 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for text in lines:
            line = json.loads(text)
            wanted = theirs(line)
            if wanted == {k.lower(): v for k, v in line["signed"].items()}:
                same += 1
                continue
            different += 1
            if different <= 5:
                print(f"{text.strip()}\n  botocore: {wanted}", file=sys.stderr)
    print(same)
    sys.exit(1 if different or not same else 0)


if __name__ == "__main__":
    main()
