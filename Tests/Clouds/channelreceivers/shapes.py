"""What Slack, Teams, PagerDuty, Jira and SNS take: each check raises Refused with what is wrong.

Slack: "Block Kit" reference (header, section, context, plain_text). Teams: Adaptive Cards schema 1.4. PagerDuty:
Events API v2 schema (events-v2/openapiv3.json). Jira: Atlassian Document Format, `doc` version 1. SNS: `Publish`.
"""

import re


class Refused(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Refused(what)


def keys(value, required, optional=()):
    need(isinstance(value, dict), f"not an object: {value!r:.80}")
    for key in required:
        need(key in value, f"{key} is missing")
    for key in value:
        need(key in required or key in optional, f"{key} is not known")


def units(text):
    return len(text.encode("utf-16-le")) // 2


def clean(text, limit, what):
    need(isinstance(text, str) and 1 <= units(text) <= limit, f"{what}: 1 to {limit} characters")
    need(not re.search("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", text),
         f"{what} holds control characters")


def slack_plain(value, limit):
    keys(value, ["type", "text"], ["emoji"])
    need(value["type"] == "plain_text", "only plain_text is expected")
    clean(value["text"], limit, "plain_text")
    rest = re.sub("&(amp|lt|gt);", "", value["text"])
    need(not re.search("[&<>]", rest), "& < > are not escaped")


def slack(body):
    keys(body, ["text", "blocks"], ["unfurl_links", "unfurl_media"])
    need(not re.search("[<>]", body["text"]), "the text holds markup")
    need(1 <= len(body["blocks"]) <= 50, "1 to 50 blocks")
    for block in body["blocks"]:
        kind = block.get("type")
        if kind == "header":
            keys(block, ["type", "text"])
            slack_plain(block["text"], 150)
        elif kind == "section":
            keys(block, ["type"], ["text", "fields"])
            need("text" in block or "fields" in block, "a section without text")
            if "text" in block:
                slack_plain(block["text"], 3000)
            need(len(block.get("fields", [])) <= 10, "10 fields at most")
            for field in block.get("fields", []):
                slack_plain(field, 2000)
        elif kind == "context":
            keys(block, ["type", "elements"])
            need(1 <= len(block["elements"]) <= 10, "1 to 10 elements")
            for element in block["elements"]:
                slack_plain(element, 2000)
        else:
            raise Refused(f"block {kind}")


def teams(body, size):
    need(size <= 28 * 1024, "larger than 28 KB")
    keys(body, ["type", "attachments"])
    need(body["type"] == "message" and len(body["attachments"]) == 1, "one message, one card")
    card = body["attachments"][0]
    keys(card, ["contentType", "content"], ["contentUrl"])
    need(card["contentType"] == "application/vnd.microsoft.card.adaptive", "contentType")
    content = card["content"]
    keys(content, ["type", "version", "body"], ["$schema", "msteams"])
    need(content["type"] == "AdaptiveCard", "type")
    for block in content["body"]:
        keys(block, ["type", "inlines"], ["spacing"])
        need(block["type"] == "RichTextBlock", f"{block['type']} reads Markdown")
        for run in block["inlines"]:
            keys(run, ["type", "text"], ["weight", "size", "isSubtle"])
            need(run["type"] == "TextRun", "type of an inline")
            clean(run["text"], 4000, "a run")
            need("{{" not in run["text"], "a function in a text")


def pagerduty(body, size):
    need(size <= 512_000, "larger than 512,000 bytes")
    keys(body, ["routing_key", "event_action", "dedup_key"], ["payload", "client", "client_url", "links", "images"])
    need(re.fullmatch("[0-9a-zA-Z]{32}", body["routing_key"]), "Length of 'routing_key' is incorrect")
    need(body["event_action"] in ("trigger", "acknowledge", "resolve"), "event_action")
    clean(body["dedup_key"], 255, "dedup_key")
    if body["event_action"] != "trigger":
        need("payload" not in body, "no payload is needed")
        return
    payload = body.get("payload")
    keys(payload, ["summary", "source", "severity"], ["timestamp", "component", "group", "class", "custom_details"])
    clean(payload["summary"], 1024, "summary")
    clean(payload["source"], 1024, "source")
    need(payload["severity"] in ("critical", "error", "warning", "info"), "severity")
    need(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", payload["timestamp"]), "timestamp")
    for key, value in payload["custom_details"].items():
        clean(key, 1000, "custom_details")
        clean(value, 10_000, "custom_details")


def document(value):
    keys(value, ["type", "version", "content"])
    need(value["type"] == "doc" and value["version"] == 1, "doc 1")
    for paragraph in value["content"]:
        keys(paragraph, ["type", "content"])
        need(paragraph["type"] == "paragraph", "paragraph")
        for run in paragraph["content"]:
            keys(run, ["type", "text"], ["marks"])
            need(run["type"] == "text", "text")
            clean(run["text"], 32_767, "text")
            need(run.get("marks", [{"type": "strong"}]) == [{"type": "strong"}], "marks")


def issue(body):
    keys(body, ["fields"])
    fields = body["fields"]
    keys(fields, ["project", "issuetype", "summary", "labels", "description"])
    need(fields["project"] == {"key": "SEC"}, "project")
    keys(fields["issuetype"], ["name"])
    clean(fields["summary"], 255, "summary")
    for label in fields["labels"]:
        need(re.fullmatch(r"[^\s]{1,255}", label), "The label contains spaces which is invalid.")
    document(fields["description"])


def publish(form):
    known = r"Action|Version|TopicArn|Subject|MessageStructure|Message|MessageGroupId|MessageDeduplicationId" \
            r"|MessageAttributes\.entry\.\d+\.(Name|Value\.(DataType|StringValue))"
    for key in form:
        need(re.fullmatch(known, key), f"{key} is not known")
    need(form.get("Action") == "Publish" and form.get("Version") == "2010-03-31", "Action, Version")
    need(re.fullmatch(r"[\x21-\x7e][\x20-\x7e]{0,99}", form["Subject"]), "Invalid parameter: Subject")
    need(sum(len(value.encode()) for value in form.values()) <= 262_144, "Message too long")
    for key, value in form.items():
        if key.endswith(".StringValue"):
            need(value != "", "an empty attribute")
