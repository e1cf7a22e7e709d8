#!/usr/bin/env python3
"""Proves the strict Azure and Google Cloud with plain HTTP before anything is proven with them."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

if __name__ == "__main__":
    found = unittest.defaultTestLoader.discover(os.path.join(HERE, "strictclouds", "selftests"), top_level_dir=HERE)
    proven = unittest.TextTestRunner().run(found).wasSuccessful()
    sys.stderr.flush()
    os._exit(0 if proven and found.countTestCases() else 1)
