#!/usr/bin/env python3
"""What anybody would write to check a journal's chain: the bench's alternative to `journal verify`."""

import hashlib
import json
import sys

previous, number = "0" * 64, 0
with open(sys.argv[1], "rb") as file:
    for line in file:
        entry = json.loads(line)
        number += 1
        if entry["seq"] != number or entry["prev"] != previous:
            sys.exit(f"line {number} does not follow line {number - 1}")
        previous = hashlib.sha256(line[:-1]).hexdigest()
print(f"{number} entries, head {previous}")
