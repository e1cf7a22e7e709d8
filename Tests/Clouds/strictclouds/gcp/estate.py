"""The default healthy organization: three projects with sinks to an archive and a topic, heartbeat, alerts."""

from ..common.moments import stamp
from .names import (ACTIVITY, ARCHIVE, DATASET, ECHO_METRIC, FOLDER, HEARTBEAT, MAIN, NUMBERS, ORGANIZATION, SUBSCRIPTION, TOPIC)

AUDIT = 'logName:"cloudaudit.googleapis.com"'
DEFAULT = ('NOT LOG_ID("cloudaudit.googleapis.com/activity") AND NOT LOG_ID("externalaudit.googleapis.com/activity") AND '
           'NOT LOG_ID("cloudaudit.googleapis.com/system_event") AND NOT LOG_ID("cloudaudit.googleapis.com/access_transparency")')
REQUIRED = ('LOG_ID("cloudaudit.googleapis.com/activity") OR LOG_ID("externalaudit.googleapis.com/activity") OR '
            'LOG_ID("cloudaudit.googleapis.com/system_event") OR LOG_ID("cloudaudit.googleapis.com/access_transparency")')


def writer(parent):
    number = NUMBERS.get(parent.split("/")[1], parent.split("/")[1])
    return f"serviceAccount:service-{number}@gcp-sa-logging.iam.gserviceaccount.com"


def sink(parent, name, destination, text, made, **more):
    return {"name": name, "resourceName": f"{parent}/sinks/{name}", "destination": destination, "filter": text, "writerIdentity": writer(parent),
            "createTime": stamp(made, 9), "updateTime": stamp(made, 6), **more}


def logging(parent, made):
    project = parent.split("/")[1]
    bucket = lambda name: f"logging.googleapis.com/{parent}/locations/global/buckets/{name}"
    sinks = [{"name": "_Required", "resourceName": f"{parent}/sinks/_Required", "destination": bucket("_Required"), "filter": REQUIRED},
             {"name": "_Default", "resourceName": f"{parent}/sinks/_Default", "destination": bucket("_Default"), "filter": DEFAULT}]
    metrics = []
    if parent.startswith("projects/"):
        sinks += [sink(parent, "to-archive", f"storage.googleapis.com/{ARCHIVE}", AUDIT, made), sink(parent, "to-siem", f"pubsub.googleapis.com/{TOPIC}", AUDIT, made)]
        metrics = [{"name": HEARTBEAT, "filter": f'logName="{parent}/logs/{ACTIVITY}"'}, {"name": ECHO_METRIC, "description": "", "filter": 'severity="EMERGENCY" AND insertId="never"'}]
    elif parent == ORGANIZATION:
        sinks.append(sink(parent, "org-audit", f"bigquery.googleapis.com/projects/{MAIN}/datasets/{DATASET}", AUDIT, made, includeChildren=True,
                          bigqueryOptions={"usesTimestampColumnPartitioning": True}))
    buckets = [{"name": f"{parent}/locations/global/buckets/_Required", "retentionDays": 400, "locked": True, "lifecycleState": "ACTIVE", "description": "Audit bucket"},
               {"name": f"{parent}/locations/global/buckets/_Default", "retentionDays": 365, "locked": True, "lifecycleState": "ACTIVE", "description": "Default bucket"}]
    if project == MAIN:
        buckets.append({"name": f"{parent}/locations/eu/buckets/audit-eu", "retentionDays": 1095, "locked": True, "lifecycleState": "ACTIVE", "createTime": stamp(made, 9)})
    descriptor = lambda name: {"metricDescriptor": {"name": f"{parent}/metricDescriptors/logging.googleapis.com/user/{name}", "metricKind": "DELTA", "valueType": "INT64",
                                                    "unit": "1", "type": f"logging.googleapis.com/user/{name}"}}
    return {"sinks": {s["name"]: s for s in sinks}, "exclusions": {}, "buckets": {b["name"].rsplit("/", 1)[1]: b for b in buckets},
            "metrics": {m["name"]: {**m, **descriptor(m["name"]), "createTime": stamp(made, 9), "updateTime": stamp(made, 9)} for m in metrics}}


def monitoring(parent, made):
    channel = f"{parent}/notificationChannels/2002"
    policy = lambda number, name, condition: {
        "name": f"{parent}/alertPolicies/{number}", "displayName": name, "enabled": True, "combiner": "OR", "notificationChannels": [channel],
        "conditions": [{"name": f"{parent}/alertPolicies/{number}/conditions/1", "displayName": name, **condition}],
        "creationRecord": {"mutateTime": stamp(made, 9), "mutatedBy": "ops@example.org"}, "mutationRecord": {"mutateTime": stamp(made, 9), "mutatedBy": "ops@example.org"}}
    absent = {"conditionAbsent": {"filter": f'metric.type="logging.googleapis.com/user/{HEARTBEAT}" AND resource.type="audited_resource"', "duration": "3600s",
                                  "aggregations": [{"alignmentPeriod": "300s", "perSeriesAligner": "ALIGN_SUM"}], "trigger": {"count": 1}}}
    errors = {"conditionThreshold": {"filter": 'metric.type="logging.googleapis.com/exports/error_count" AND resource.type="logging_sink"', "comparison": "COMPARISON_GT",
                                     "duration": "0s", "aggregations": [{"alignmentPeriod": "600s", "perSeriesAligner": "ALIGN_DELTA"}], "trigger": {"count": 1}}}
    changed = {"conditionMatchedLog": {"filter": 'protoPayload.methodName:"ConfigServiceV2" AND protoPayload.methodName=~"(Delete|Update)"'}}
    policies = [policy(1001, "No audit entries", absent), policy(1002, "Sink errors", errors), policy(1003, "Sinks changed", changed)]
    policies[2]["alertStrategy"] = {"notificationRateLimit": {"period": "300s"}}
    return {"alertPolicies": {p["name"].rsplit("/", 1)[1]: p for p in policies}, "snoozes": {},
            "notificationChannels": {"2002": {"name": channel, "type": "email", "displayName": "Security", "labels": {"email_address": "security@example.org"},
                                              "enabled": True, "creationRecord": {"mutateTime": stamp(made, 9)}}}}


def policy(name):
    """IAM: Data Access auditing of everything is on in the projects; the organization adds admin reads."""
    bindings = [{"role": "roles/logging.viewer", "members": ["serviceAccount:watchkeeper@acme-analytics.iam.gserviceaccount.com"]},
                {"role": "roles/owner", "members": ["user:ops@example.org"]}]
    kinds = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"] if name.startswith("projects/") else ["ADMIN_READ"]
    audit = {} if name == FOLDER else {"auditConfigs": [{"service": "allServices", "auditLogConfigs": [{"logType": k} for k in kinds]}]}
    return {"version": 1, "etag": "BwXabcdefgh=", "bindings": bindings, **audit}


def bucket(made):
    return {"kind": "storage#bucket", "id": ARCHIVE, "name": ARCHIVE, "selfLink": f"https://www.googleapis.com/storage/v1/b/{ARCHIVE}", "projectNumber": NUMBERS[MAIN],
            "location": "EU", "locationType": "multi-region", "storageClass": "STANDARD", "metageneration": "7", "etag": "CAc=", "timeCreated": stamp(made, 3), "updated": stamp(made, 3),
            "iamConfiguration": {"publicAccessPrevention": "enforced", "uniformBucketLevelAccess": {"enabled": True, "lockedTime": stamp(made + 7776000, 3)}},
            "retentionPolicy": {"retentionPeriod": "94608000", "effectiveTime": stamp(made, 3), "isLocked": True}, "versioning": {"enabled": True},
            "softDeletePolicy": {"retentionDurationSeconds": "604800", "effectiveTime": stamp(made, 3)},
            "lifecycle": {"rule": [{"action": {"type": "Delete"}, "condition": {"age": 1200}}]}}


def bucket_policy():
    return {"kind": "storage#policy", "resourceId": f"projects/_/buckets/{ARCHIVE}", "version": 1, "etag": "CAc=", "bindings": [
        {"role": "roles/storage.objectCreator", "members": [writer(f"projects/{p}") for p in NUMBERS]},
        {"role": "roles/storage.legacyBucketOwner", "members": [f"projectOwner:{MAIN}"]}]}


def topic_policies():
    return {TOPIC: {"etag": "BwX1", "version": 1, "bindings": [{"role": "roles/pubsub.publisher", "members": [writer(f"projects/{p}") for p in NUMBERS]}]}}


def subscriptions():
    return {SUBSCRIPTION: {"name": SUBSCRIPTION, "topic": TOPIC, "pushConfig": {}, "ackDeadlineSeconds": 30, "messageRetentionDuration": "604800s",
                           "expirationPolicy": {}, "state": "ACTIVE"}}


def dataset(made):
    return {"kind": "bigquery#dataset", "id": f"{MAIN}:{DATASET}", "etag": "abc==", "datasetReference": {"datasetId": DATASET, "projectId": MAIN}, "location": "EU",
            "creationTime": str(int(made * 1000)), "lastModifiedTime": str(int(made * 1000)), "type": "DEFAULT", "access": [
                {"role": "OWNER", "specialGroup": "projectOwners"}, {"role": "WRITER", "userByEmail": writer(ORGANIZATION).removeprefix("serviceAccount:")}]}


PARENTS = [*(f"projects/{p}" for p in NUMBERS), FOLDER, ORGANIZATION]
