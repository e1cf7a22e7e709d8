"""The agents that hand out keys beside AWS's APIs: instance metadata (IMDSv2 only), a container's
agent, the sign-in portal. None of them is signed."""

import json
import time

from .answers import Answer

ROLE = "watchkeeper-host"
IMDS_TOKEN = "AQAEAExampleMetadataToken=="
CONTAINER_TOKEN = "container-agent-token"
SIGN_IN_TOKEN = "sign-in-token"


def answer(call, identities, seconds):
    """None where the request is no agent's."""
    if call.header("Authorization").startswith("AWS4-"):
        return None
    if call.path.startswith("/latest/"):
        return instance(call, identities, seconds)
    if call.path == "/v2/credentials/watchkeeper":
        if call.header("Authorization") != CONTAINER_TOKEN:
            return text(401, "bad token")
        return document(keys(identities, "watchkeeper-task", seconds))
    if call.path == "/federation/credentials":
        return sign_in(call, identities, seconds)
    return None


def instance(call, identities, seconds):
    if call.path == "/latest/api/token":
        asked = call.header("X-aws-ec2-metadata-token-ttl-seconds")
        return text(200, IMDS_TOKEN) if call.method == "PUT" and asked.isdigit() else text(400, "")
    if call.header("X-aws-ec2-metadata-token") != IMDS_TOKEN:
        return text(401, "")  # no version 1 here
    path = call.path.removeprefix("/latest/meta-data/iam/security-credentials/")
    if path == "":
        return text(200, ROLE)
    if path == ROLE:
        return document({"Code": "Success", "Type": "AWS-HMAC", **keys(identities, ROLE, seconds)})
    return text(404, "")


def sign_in(call, identities, seconds):
    if call.header("x-amz-sso_bearer_token") != SIGN_IN_TOKEN:
        body = {"message": "Session token not found or invalid", "__type": "com.amazonaws.switchboard.portal#UnauthorizedException"}
        return Answer(401, [("Content-Type", "application/json"), ("x-amzn-ErrorType", "UnauthorizedException"),
                            ("x-amzn-RequestId", "5b5a4e4c-0000-4000-8000-000000000001")], json.dumps(body).encode())
    made = identities.mint(call.query.get("role_name", ""), "mira", 3600 if seconds is None else seconds)
    return document({"roleCredentials": {
        "accessKeyId": made["key"], "secretAccessKey": made["secret"], "sessionToken": made["token"],
        "expiration": int(made["end"] * 1000)}})


def keys(identities, role, seconds):
    made = identities.mint(role, role, 3600 if seconds is None else seconds)
    stamp = lambda t: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))
    return {"AccessKeyId": made["key"], "SecretAccessKey": made["secret"], "Token": made["token"],
            "Expiration": stamp(made["end"]), "LastUpdated": stamp(time.time()),
            "RoleArn": f"arn:aws:iam::123456789012:role/{role}"}


def text(status, body):
    return Answer(status, [("Content-Type", "text/plain")], body.encode())


def document(value):
    return Answer(200, [("Content-Type", "application/json"), ("x-amzn-RequestId", "5b5a4e4c-0000-4000-8000-000000000002")],
                  json.dumps(value).encode())
