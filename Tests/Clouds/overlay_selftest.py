#!/usr/bin/env python3
"""Proves the overlay with boto3 before anything is proven with the overlay."""

import json
import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from selftests.case import OverlayCase  # noqa: E402


def main():
    child = subprocess.Popen([sys.executable, os.path.join(HERE, "aws_overlay.py"), "--until-eof"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    OverlayCase.ready = json.loads(child.stdout.readline())
    found = unittest.defaultTestLoader.discover(os.path.join(HERE, "selftests"), top_level_dir=HERE)
    proven = unittest.TextTestRunner().run(found).wasSuccessful()
    child.stdin.close()
    if child.wait(timeout=120) != 0:
        sys.exit(f"the overlay ended with {child.returncode}")
    sys.exit(0 if proven and found.countTestCases() else 1)


if __name__ == "__main__":
    main()
