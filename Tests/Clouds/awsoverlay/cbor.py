"""As much of CBOR (RFC 8949) as AWS's rpc-v2-cbor requests use."""

import struct


def read(raw):
    """The one value in these bytes, or None where they cannot be read."""
    try:
        return item(raw, 0)[0]
    except (IndexError, ValueError, struct.error, RecursionError):
        return None


def item(raw, at):
    major, info = raw[at] >> 5, raw[at] & 31
    at += 1
    if major == 7:
        return simple(raw, at, info)
    endless = info == 31
    count, at = (None, at) if endless else number(raw, at, info)
    if major in (0, 1):
        return (count if major == 0 else -1 - count), at
    if major in (2, 3):
        parts, at = pieces(raw, at) if endless else (raw[at:at + count], at + count)
        return (parts if major == 2 else parts.decode()), at
    if major == 4:
        return several(raw, at, count)
    if major == 5:
        flat, at = several(raw, at, None if endless else count * 2)
        return dict(zip(flat[::2], flat[1::2])), at
    return item(raw, at)  # a tag: its value


def number(raw, at, info):
    if info < 24:
        return info, at
    size = {24: 1, 25: 2, 26: 4, 27: 8}[info]
    return int.from_bytes(raw[at:at + size], "big"), at + size


def several(raw, at, count):
    found = []
    while raw[at] != 0xFF if count is None else len(found) < count:
        value, at = item(raw, at)
        found.append(value)
    return found, at + (count is None)


def pieces(raw, at):
    found = b""
    while raw[at] != 0xFF:
        count, at = number(raw, at + 1, raw[at] & 31)
        found, at = found + raw[at:at + count], at + count
    return found, at + 1


def simple(raw, at, info):
    if info in (25, 26, 27):
        size, form = {25: (2, ">e"), 26: (4, ">f"), 27: (8, ">d")}[info]
        return struct.unpack(form, raw[at:at + size])[0], at + size
    return {20: False, 21: True}.get(info), at
