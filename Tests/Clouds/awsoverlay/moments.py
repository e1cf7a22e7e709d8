"""Times as tests say them."""

import calendar
import re
import time


def moment(value, now):
    """`now`, `-45m`, an ISO 8601 time, epoch seconds; None takes the field away."""
    if value is None or isinstance(value, (int, float)):
        return value
    if value == "now":
        return float(int(now))
    ago = re.fullmatch(r"-(\d+)([smhd])", value)
    if ago:
        return float(int(now) - int(ago[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[ago[2]])
    return float(calendar.timegm(time.strptime(value, "%Y-%m-%dT%H:%M:%SZ")))


def iso(epoch):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
