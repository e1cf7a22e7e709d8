"""A call's parameters as CloudTrail writes them down (requestParameters)."""

import json
import re
import xml.etree.ElementTree as ElementTree


def of(call):
    if call.service == "s3control":
        return {"accountId": call.header("x-amz-account-id"), "publicAccessBlock": "", **document(call.body)}
    if call.service != "s3":
        return lower(call.params) or None
    if not call.bucket:
        return None
    values = {"bucketName": call.bucket, "Host": f"{call.bucket}.s3.amazonaws.com"}
    values.update({k: v for k, v in call.query.items() if k != "x-id"})
    if call.key:
        values["key"] = call.key
    if call.header("x-amz-acl"):
        values["x-amz-acl"] = call.header("x-amz-acl")
    if call.operation == "PutBucketPolicy":
        values["bucketPolicy"] = as_json(call.body)
    elif call.operation.startswith("Put") and not call.key:
        values.update(document(call.body))
    return values


def as_json(raw):
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def document(raw):
    """{root: members} of an XML body; an element that comes twice is a list."""
    try:
        root = ElementTree.fromstring(raw)
    except ElementTree.ParseError:
        return {}
    return {name(root): members(root)}


def members(element):
    if not len(element):
        text = (element.text or "").strip()
        return {"true": True, "false": False}.get(text, int(text) if re.fullmatch(r"\d{1,9}", text) else text)
    found = {}
    for child in element:
        value, key = members(child), name(child)
        if key in found:
            found[key] = (found[key] if isinstance(found[key], list) else [found[key]]) + [value]
        else:
            found[key] = value
    return found


def name(element):
    return element.tag.rsplit("}", 1)[-1]


def lower(value):
    """CloudTrail writes parameter names with a small first letter (`trailARN`, `s3BucketName`)."""
    if isinstance(value, dict):
        return {k[:1].lower() + k[1:]: lower(v) for k, v in value.items()}
    return [lower(v) for v in value] if isinstance(value, list) else value
