"""Whether a bucket's policy lets CloudTrail write: as far as the estates of these tests need it."""

import json
import re


def may_write(policy):
    if not isinstance(policy, dict):
        return False
    statements = policy.get("Statement", [])
    statements = statements if isinstance(statements, list) else [statements]
    mine = [s for s in statements if names_cloudtrail(s.get("Principal")) and covers_put(s.get("Action"))]
    denied = any(s.get("Effect") == "Deny" and not conditional(s) for s in mine)
    return not denied and any(s.get("Effect") == "Allow" for s in mine)


def conditional(statement):
    """A Deny that only asks for TLS, or for the service's own source, does not meet CloudTrail."""
    text = json.dumps(statement.get("Condition", {}))
    return "aws:SecureTransport" in text or "aws:PrincipalIsAWSService" in text


def names_cloudtrail(principal):
    if principal == "*":
        return True
    if not isinstance(principal, dict):
        return False
    named = [principal.get("Service"), principal.get("AWS")]
    flat = [n for group in named for n in (group if isinstance(group, list) else [group])]
    return "cloudtrail.amazonaws.com" in flat or "*" in flat


def covers_put(action):
    actions = action if isinstance(action, list) else [action]
    return any(a and re.fullmatch(a.lower().replace("*", ".*"), "s3:putobject") for a in actions)
