"""One AWS request, read far enough to know what is asked: service, region, operation, parameters."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

from . import cbor

CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/(\d{8})/([^/,\s]+)/([^/,\s]+)/aws4_request")

S3_BUCKET = {
    "policy": "BucketPolicy", "policyStatus": "BucketPolicyStatus", "versioning": "BucketVersioning",
    "logging": "BucketLogging", "lifecycle": "BucketLifecycleConfiguration", "encryption": "BucketEncryption",
    "publicAccessBlock": "PublicAccessBlock", "acl": "BucketAcl", "object-lock": "ObjectLockConfiguration",
    "location": "BucketLocation", "notification": "BucketNotificationConfiguration",
    "ownershipControls": "BucketOwnershipControls", "replication": "BucketReplication",
    "tagging": "BucketTagging", "requestPayment": "BucketRequestPayment",
    "accelerate": "BucketAccelerateConfiguration", "website": "BucketWebsite", "cors": "BucketCors",
}
S3_OBJECT = {
    "acl": "ObjectAcl", "tagging": "ObjectTagging", "retention": "ObjectRetention",
    "legal-hold": "ObjectLegalHold", "attributes": "ObjectAttributes",
}
VERBS = {"GET": "Get", "PUT": "Put", "DELETE": "Delete", "HEAD": "Head", "POST": "Post"}


@dataclass
class Call:
    method: str
    target: str  # path and query exactly as sent
    headers: object  # email.message.Message: names compare without case
    body: bytes
    service: str = ""
    region: str = ""
    operation: str = ""
    access_key: str = ""
    protocol: str = "rest-json"  # json, query, ec2, s3, cbor, rest-json
    params: dict = field(default_factory=dict)
    bucket: str = ""
    key: str = ""
    unreadable: bool = False

    @property
    def path(self):
        return self.target.split("?", 1)[0]

    @property
    def raw_query(self):
        return self.target.split("?", 1)[1] if "?" in self.target else ""

    @property
    def query(self):
        return dict(parse_qsl(self.raw_query, keep_blank_values=True))

    def header(self, name, default=""):
        return self.headers.get(name, default) or default


def read(method, target, headers, body):
    call = Call(method, target, headers, body)
    signed = CREDENTIAL.search(call.header("Authorization"))
    if not signed and "X-Amz-Credential" in call.query:
        signed = CREDENTIAL.search("Credential=" + call.query["X-Amz-Credential"])
    if signed:
        call.access_key, _, call.region, call.service = signed.groups()
    amz_target = call.header("X-Amz-Target")
    kind = call.header("Content-Type").split(";")[0].strip().lower()
    if call.header("smithy-protocol") == "rpc-v2-cbor":
        call.protocol, call.operation = "cbor", call.path.rsplit("/", 1)[-1]
        value = cbor.read(body)
        call.params, call.unreadable = (value, False) if isinstance(value, dict) else ({}, bool(body))
    elif amz_target:
        read_json(call, amz_target)
    elif kind == "application/x-www-form-urlencoded" or "Action" in call.query:
        read_query(call)
    elif call.path == "/v20180820/configuration/publicAccessBlock":
        call.service, call.protocol = "s3control", "query"
        call.operation = f"{VERBS.get(method, method)}PublicAccessBlock"
    elif call.service == "s3" or not call.service:
        read_s3(call)
    else:
        call.operation = {"/listRegions": "ListRegions"}.get(call.path, f"{method} {call.path}")
        call.params = json_object(call, body)
    return call


def read_json(call, amz_target):
    prefix, _, call.operation = amz_target.rpartition(".")
    call.protocol = "json"
    if not call.service and "CloudTrail" in prefix:
        call.service = "cloudtrail"
    call.params = json_object(call, call.body)


def json_object(call, body):
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        call.unreadable = True
        return {}
    return value


def read_query(call):
    pairs = parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True)
    call.params = dict(pairs) or call.query
    call.operation = call.params.pop("Action", "")
    call.params.pop("Version", None)
    if not call.service and call.operation.startswith(("AssumeRole", "GetCallerIdentity")):
        call.service = "sts"  # AssumeRoleWithWebIdentity is not signed
    call.protocol = "ec2" if call.service == "ec2" else "query"


def read_s3(call):
    call.service, call.protocol = "s3", "s3"
    call.bucket, _, key = call.path.lstrip("/").partition("/")
    call.bucket, call.key = unquote(call.bucket), unquote(key)
    call.operation = s3_operation(call.method, call.bucket, call.key, call.query)


def s3_operation(method, bucket, key, query):
    verb = VERBS.get(method, method)
    if not bucket:
        return "ListBuckets"
    for name, what in (S3_OBJECT if key else S3_BUCKET).items():
        if name in query:
            return verb + what
    if key:
        if method == "POST" and "uploads" in query:
            return "CreateMultipartUpload"
        return verb + "Object"
    if method == "GET":
        if query.get("list-type") == "2":
            return "ListObjectsV2"
        return "ListObjectVersions" if "versions" in query else "ListObjects"
    if method == "POST":
        return "DeleteObjects" if "delete" in query else "PostObject"
    return {"PUT": "CreateBucket", "DELETE": "DeleteBucket", "HEAD": "HeadBucket"}.get(method, method)
