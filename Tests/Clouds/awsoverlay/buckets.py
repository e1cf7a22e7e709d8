"""A bucket's posture as AWS tells it where moto does not: policies (never enforced here: `deny` faults are for that),
their status, MFA delete, default encryption, account-wide access block
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html)."""

import json
import re

from .answers import Answer, failure, xml_headers

SPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
CONTROL = "http://awss3control.amazonaws.com/doc/2018-08-20/"
SWITCHES = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
# A condition on one of these, with a fixed value, makes a statement not public
NARROWING = ("aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:principalorgid", "aws:principalarn",
             "aws:principalaccount", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceip", "aws:userid",
             "s3:dataaccesspointarn", "s3:dataaccesspointaccount")


class Buckets:
    def __init__(self, upstream):
        self.upstream = upstream
        self.policies = {}  # bucket -> text as put
        self.mfa = set()
        self.account_blocks = {}  # account -> {switch: bool}

    def answer(self, call, account):
        """AWS's answer, or None where moto's own will do."""
        if call.service == "s3control":
            return self.account_block(call, account)
        if call.operation.endswith(("BucketPolicy", "BucketPolicyStatus")):
            if not self.exists(call):
                return failure(call, 404, "NoSuchBucket", "The specified bucket does not exist")
            return getattr(self, {"Get": "get", "Put": "put", "Del": "delete"}[call.operation[:3]]
                           + ("_status" if call.operation.endswith("Status") else ""))(call)
        return None

    def corrected(self, call, answer):
        """What moto answered, in AWS's words."""
        if call.operation == "PutBucketVersioning" and answer.status < 300:
            (self.mfa.add if b"<MfaDelete>Enabled" in call.body else self.mfa.discard)(call.bucket)
        elif call.operation == "DeleteBucket" and answer.status < 300:
            self.policies.pop(call.bucket, None)
            self.mfa.discard(call.bucket)
        elif call.operation == "GetBucketVersioning" and answer.status == 200:
            status = re.search(rb"<Status>[^<]*</Status>", answer.body)
            told = (status[0] if status else b"") + (b"<MfaDelete>Enabled</MfaDelete>" if call.bucket in self.mfa else b"")
            return document(f'<VersioningConfiguration xmlns="{SPACE}">{told.decode()}</VersioningConfiguration>')
        elif call.operation == "GetBucketEncryption" and answer.error and answer.error[0].startswith("ServerSide"):
            return document(f'<ServerSideEncryptionConfiguration xmlns="{SPACE}"><Rule><ApplyServerSideEncryptionByDefault>'
                            "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>"
                            "<BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>")
        elif call.operation == "GetObjectLockConfiguration" and answer.status == 200:
            answer.body = re.sub(rb"<(Years|Days)>0</\1>", b"", answer.body)
        elif call.operation == "GetBucketNotificationConfiguration" and answer.status == 200:
            answer.body = answer.body.replace(b"GetBucketNotificationResponse", b"NotificationConfiguration")
        return answer

    def exists(self, call):
        return self.upstream.bucket(call, "HEAD", call.bucket).status == 200

    def policy(self, call, bucket):
        """(exists, policy or None), for CloudTrail's own write."""
        text = self.policies.get(bucket)
        exists = text is not None or self.upstream.bucket(call, "HEAD", bucket).status == 200
        return exists, (json.loads(text) if text else None)

    def get(self, call):
        if call.bucket not in self.policies:
            return failure(call, 404, "NoSuchBucketPolicy", "The bucket policy does not exist")
        return Answer(200, [("Content-Type", "application/json")], self.policies[call.bucket].encode())

    def get_status(self, call):
        if call.bucket not in self.policies:
            return failure(call, 404, "NoSuchBucketPolicy", "The bucket policy does not exist")
        word = "true" if is_public(json.loads(self.policies[call.bucket])) else "false"
        return document(f'<PolicyStatus xmlns="{SPACE}"><IsPublic>{word}</IsPublic></PolicyStatus>')

    def put(self, call):
        try:
            policy = json.loads(call.body)
            assert isinstance(policy, dict) and policy.get("Statement")
        except (ValueError, RecursionError, AssertionError):
            return failure(call, 400, "MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'")
        if is_public(policy) and self.blocks_public_policies(call):
            return failure(call, 403, "AccessDenied", "User is not authorized to perform: s3:PutBucketPolicy because "
                           "public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.")
        self.policies[call.bucket] = call.body.decode()
        return Answer(204)

    def delete(self, call):
        self.policies.pop(call.bucket, None)
        return Answer(204)

    def blocks_public_policies(self, call):
        held = self.upstream.bucket(call, "GET", f"{call.bucket}?publicAccessBlock")
        return re.search(rb"<BlockPublicPolicy>\s*true", held.body, re.I) is not None

    def account_block(self, call, account):
        asked = call.header("x-amz-account-id")
        if asked != account:
            return failure(call, 403, "AccessDenied", "Access Denied")
        if call.operation == "PutPublicAccessBlock":
            text = call.body.decode("utf-8", "replace")
            self.account_blocks[account] = {s: f"<{s}>true" in text for s in SWITCHES}
            return Answer(201)
        if call.operation == "DeletePublicAccessBlock":
            self.account_blocks.pop(account, None)
            return Answer(204)
        if account not in self.account_blocks:
            return failure(call, 404, "NoSuchPublicAccessBlockConfiguration",
                           "The public access block configuration was not found")
        told = "".join(f"<{s}>{str(self.account_blocks[account][s]).lower()}</{s}>" for s in SWITCHES)
        return document(f'<PublicAccessBlockConfiguration xmlns="{CONTROL}">{told}</PublicAccessBlockConfiguration>')


def document(text):
    return Answer(200, xml_headers("0A1B2C3D4E5F6A7B", "x-amz-request-id", "application/xml"),
                  b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode())


def is_public(policy):
    statements = policy.get("Statement", [])
    statements = statements if isinstance(statements, list) else [statements]
    return any(s.get("Effect") == "Allow" and anybody(s.get("Principal")) and not narrowed(s.get("Condition") or {})
               for s in statements if isinstance(s, dict))


def anybody(principal):
    if principal == "*":
        return True
    named = principal.get("AWS") if isinstance(principal, dict) else None
    return "*" in (named if isinstance(named, list) else [named])


def narrowed(condition):
    for operator, pairs in condition.items():
        for key, values in pairs.items():
            values = values if isinstance(values, list) else [values]
            fixed = all(not re.fullmatch(r"[*?:/arnws]*|0\.0\.0\.0/0|::/0", str(v)) for v in values)
            if key.lower() in NARROWING and fixed and "Not" not in operator and "IfExists" not in operator:
                return True
    return False
