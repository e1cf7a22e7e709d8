"""CloudTrail's own event record: made from a call that passed, or from a few given fields
(https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html)."""

import time
import uuid

from . import parameters
from .parameters import as_json, lower

READS = ("Get", "List", "Describe", "Lookup", "Head", "Search", "Filter", "Batch", "Test", "Query", "Select")
DATA_EVENTS = {  # never in Event history: management events only
    "s3": {"GetObject", "PutObject", "DeleteObject", "DeleteObjects", "HeadObject", "ListObjectsV2",
           "ListObjects", "ListObjectVersions", "HeadBucket", "CreateMultipartUpload", "PostObject"},
    "logs": {"PutLogEvents", "FilterLogEvents", "GetLogEvents"},
    "sqs": {"SendMessage", "ReceiveMessage", "DeleteMessage"},
    "sns": {"Publish"}, "monitoring": {"PutMetricData", "GetMetricData"}, "events": {"PutEvents"},
}
S3_NAMES = {"PutBucketLifecycleConfiguration": "PutBucketLifecycle",
            "GetBucketLifecycleConfiguration": "GetBucketLifecycle",
            "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
            "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
            "DeletePublicAccessBlock": "DeleteBucketPublicAccessBlock",
            "PutBucketNotificationConfiguration": "PutBucketNotification",
            "PutObjectLockConfiguration": "PutBucketObjectLockConfiguration",
            "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration"}
ACCOUNT_NAMES = {"PutPublicAccessBlock": "PutAccountPublicAccessBlock", "GetPublicAccessBlock": "GetAccountPublicAccessBlock",
                 "DeletePublicAccessBlock": "DeleteAccountPublicAccessBlock"}
GLOBAL = {"iam", "organizations"}


def record(identity, source, name, region, at, parameters=None, answer=None, error=None, **more):
    event = {
        "eventVersion": "1.09", "userIdentity": identity,
        "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at)),
        "eventSource": source, "eventName": name, "awsRegion": region,
        "sourceIPAddress": "203.0.113.7", "userAgent": "aws-cli/2.15.0 md/Botocore#2.15.0",
        "requestParameters": parameters, "responseElements": answer,
        "requestID": str(uuid.uuid4()), "eventID": str(uuid.uuid4()),
        "readOnly": name.startswith(READS) or name.startswith("AssumeRole"),
        "eventType": "AwsApiCall", "managementEvent": True,
        "recipientAccountId": identity.get("accountId", ""), "eventCategory": "Management",
    }
    if error:
        event["errorCode"], event["errorMessage"] = error[0].removesuffix("Exception"), error[1]
        event["responseElements"] = None
    event.update(more)
    return event


def kept(call):
    """Whether CloudTrail records this call as a management event."""
    return bool(call.operation) and call.operation not in DATA_EVENTS.get(call.service, ())


def from_call(call, identity, at, answer, region):
    """The event of a call, or None where CloudTrail keeps none in Event history."""
    if not kept(call):
        return None
    names = {"s3": S3_NAMES, "s3control": ACCOUNT_NAMES}.get(call.service, {})
    name, service = names.get(call.operation, call.operation), call.service.replace("s3control", "s3")
    where = "us-east-1" if call.service in GLOBAL else region
    event = record(identity, f"{service}.amazonaws.com", name, where, at,
                   parameters.of(call), elements(call, answer, name), answer.error)
    if call.header("User-Agent"):
        event["userAgent"] = call.header("User-Agent")[:1024]
    key = call.params.get("KeyId")
    if call.service == "kms" and isinstance(key, str):
        account = identity.get("accountId", "")
        arn = key if key.startswith("arn:") else f"arn:aws:kms:{region}:{account}:key/{key}"
        event["resources"] = [{"accountId": account, "type": "AWS::KMS::Key", "ARN": arn}]
    return event


def elements(call, answer, name):
    quiet = name.startswith(READS) or name in ("StartLogging", "StopLogging", "DeleteTrail")
    if quiet or call.protocol != "json" or answer.status >= 300:
        return None
    return lower(as_json(answer.body)) or None


def resources(event):
    found = []
    given = event.get("requestParameters") or {}
    answered = event.get("responseElements") or {}
    if event["eventSource"] == "cloudtrail.amazonaws.com":
        for name in dict.fromkeys([given.get("name"), given.get("trailName"), answered.get("trailARN")]):
            if isinstance(name, str):
                found.append({"ResourceType": "AWS::CloudTrail::Trail", "ResourceName": name})
    for name in dict.fromkeys([given.get("bucketName"), given.get("s3BucketName")]):
        if isinstance(name, str):
            found.append({"ResourceType": "AWS::S3::Bucket", "ResourceName": name})
    return found
