"""Times as tests say them, and as clouds write them: no, three, seven or nine fractional digits, Z or an offset."""

import calendar
import datetime
import re
import time

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def moment(value, now):
    """`now`, `-45m`, `+2h`, an RFC 3339 time, epoch seconds."""
    if isinstance(value, (int, float)):
        return float(value)
    if value == "now":
        return now
    ago = re.fullmatch(r"([-+])(\d+)([smhd])", value)
    if ago:
        return now + int(ago[2]) * UNITS[ago[3]] * (-1 if ago[1] == "-" else 1)
    return parse(value)


def parse(text):
    """Epoch seconds of an RFC 3339 time (a bare day too); ValueError otherwise."""
    form = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|z|[-+]\d\d:?\d\d)?)?", text)
    if not form:
        raise ValueError(f"not a time: {text}")
    at = calendar.timegm(time.strptime(f"{form[1]} {form[2] or '00:00:00'}", "%Y-%m-%d %H:%M:%S"))
    zone = form[4] or "Z"
    if zone not in "Zz":
        hours, minutes = int(zone[1:3]), int(zone[-2:])
        at -= (hours * 3600 + minutes * 60) * (1 if zone[0] == "+" else -1)
    return at + float(form[3] or 0)


def stamp(epoch, digits=0, zone="Z"):
    """RFC 3339 with that many fractional digits; `zone` as `+02:00` says the same moment there."""
    shift = 0
    if zone not in ("Z", ""):
        shift = (int(zone[1:3]) * 3600 + int(zone[4:6]) * 60) * (1 if zone[0] == "+" else -1)
    whole = int(epoch // 1)
    text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole + shift))
    if digits:
        nanos = min(int(round((epoch - whole) * 1e9)), 999_999_999)
        text += f".{nanos:09d}"[:digits + 1]
    return text + zone


STYLES = ((7, "Z"), (0, "Z"), (3, "Z"), (7, "+00:00"), (6, "Z"), (9, "Z"), (7, "+02:00"))


def varied(epoch, turn, styles=STYLES):
    digits, zone = styles[turn % len(styles)]
    return stamp(epoch, digits, zone)


def rfc1123(epoch):
    return datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT")


def duration(text):
    """Seconds of an ISO 8601 duration (PT24H, P1DT2H); ValueError otherwise."""
    form = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", text)
    if not form or text in ("P", "PT"):
        raise ValueError(f"not a duration: {text}")
    days, hours, minutes, seconds = (float(g or 0) for g in form.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + seconds
