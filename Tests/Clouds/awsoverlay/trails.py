"""CloudTrail as AWS behaves where moto does not: status fields, shadow trails, names and ARNs."""

import json
import re
from urllib.parse import urlencode

from .answers import failure, success
from .keys import unusable
from .moments import iso, moment
from .policies import may_write

STATUS_TIMES = re.compile("^(Latest.*Time|StartLoggingTime|StopLoggingTime)$")
BY_TRAIL = {"GetTrailStatus": "Name", "GetTrail": "Name", "GetEventSelectors": "TrailName",
            "GetInsightSelectors": "TrailName", "StartLogging": "Name", "StopLogging": "Name",
            "UpdateTrail": "Name", "DeleteTrail": "Name", "PutEventSelectors": "TrailName",
            "PutInsightSelectors": "TrailName"}
HOME_ONLY = ("StartLogging", "StopLogging", "UpdateTrail", "DeleteTrail", "PutEventSelectors", "PutInsightSelectors")
DEFAULT_SELECTOR = {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [],
                    "ExcludeManagementEventSources": []}


class Trails:
    def __init__(self, upstream, buckets, organization):
        self.upstream, self.buckets, self.organization = upstream, buckets, organization
        self.overrides = {}  # (trail name or ARN, region or "*") -> fields
        self.changed = {}  # a bucket, key, group, role or topic -> epoch seconds of its last change
        self.custom_selectors, self.insights = set(), set()

    def answer(self, call, account, now):
        """AWS's answer, or None where moto's own will do."""
        if call.operation == "DescribeTrails":
            return self.describe(call, account)
        if call.operation == "CreateTrail":
            return self.create(call)
        if call.operation not in BY_TRAIL:
            return None
        name = call.params.get(BY_TRAIL[call.operation])
        if not isinstance(name, str) or not name:
            return failure(call, 400, "InvalidTrailNameException", "Trail name cannot be blank!")
        shared = self.organization.answer(call, name, account)
        if shared:
            return shared
        trail, problem = self.resolve(call, name, account)
        if problem:
            return problem
        if call.operation == "GetTrailStatus":
            return self.status(call, trail, now)
        return self.passed(call, trail)

    def passed(self, call, trail):
        arn, params = trail["TrailARN"], {**call.params, BY_TRAIL[call.operation]: trail["Name"]}
        if call.operation == "GetInsightSelectors" and arn not in self.insights:
            return failure(call, 400, "InsightNotEnabledException", f"Trail {arn} does not have Insights enabled. "
                           "Edit the trail settings to enable Insights, and then try the operation again.")
        answer, value = self.upstream.cloudtrail(call, call.operation, trail["HomeRegion"], params)
        if answer.status != 200:
            return answer
        if call.operation == "PutEventSelectors":
            self.custom_selectors.add(arn)
        elif call.operation == "PutInsightSelectors":
            (self.insights.add if call.params.get("InsightSelectors") else self.insights.discard)(arn)
        elif call.operation == "DeleteTrail":
            self.custom_selectors.discard(arn)
            self.insights.discard(arn)
        elif call.operation == "GetEventSelectors":
            return success(call, with_default(value))
        return answer

    def describe(self, call, account):
        params = {k: v for k, v in call.params.items() if k != "trailNameList"}
        answer, value = self.upstream.cloudtrail(call, "DescribeTrails", call.region, params)
        if answer.status != 200:
            return answer
        names = call.params.get("trailNameList")
        every = told(value) + self.organization.seen(account, call.region)
        if call.params.get("includeShadowTrails") is False:
            every = [t for t in every if t["HomeRegion"] == call.region and account in t["TrailARN"]]
        kept = [t for t in every if not names or t["TrailARN"] in names
                or (t["Name"] in names and t["HomeRegion"] == call.region)]
        for trail in kept:
            trail["HasCustomEventSelectors"] = trail["TrailARN"] in self.custom_selectors
            trail["HasInsightSelectors"] = trail["TrailARN"] in self.insights
        return success(call, {"trailList": kept})

    def create(self, call):
        trails = self.known(call, call.region)
        if any(t["Name"] == call.params.get("Name") and t["HomeRegion"] == call.region for t in trails):
            return failure(call, 400, "TrailAlreadyExistsException",
                           f"Trail {call.params['Name']} already exists for customer")
        return None

    def known(self, call, region):
        return told(self.upstream.cloudtrail(call, "DescribeTrails", region, {})[1])

    def live(self, call, region):
        """The trails that log in a region now, each with its selectors."""
        found = []
        for trail in self.known(call, region):
            asked = lambda operation, word: self.upstream.cloudtrail(
                call, operation, trail["HomeRegion"], {word: trail["Name"]})[1]
            if asked("GetTrailStatus", "Name").get("IsLogging"):
                found.append({**trail, "selectors": with_default(asked("GetEventSelectors", "TrailName"))})
        return found

    def resolve(self, call, name, account):
        """A plain name holds in its home region alone; elsewhere it must be the ARN."""
        arn = name if name.startswith("arn:") else f"arn:aws:cloudtrail:{call.region}:{account}:trail/{name}"
        unknown = failure(call, 400, "TrailNotFoundException", f"Unknown trail: {arn} for the user: {account}")
        parts = arn.split(":")
        if len(parts) != 6 or not parts[5].startswith("trail/"):
            return None, failure(call, 400, "CloudTrailARNInvalidException", f"Invalid ARN: {name}")
        trail = next((t for t in self.known(call, parts[3]) if t["TrailARN"] == arn), None)
        if trail is None or (call.region != parts[3] and not trail.get("IsMultiRegionTrail")):
            return None, unknown
        if call.operation in HOME_ONLY and call.region != parts[3]:
            return None, failure(call, 400, "InvalidHomeRegionException",
                                 f"Trail {arn} cannot be changed outside its home region {parts[3]}")
        return trail, None

    def status(self, call, trail, now):
        answer, value = self.upstream.cloudtrail(call, "GetTrailStatus", trail["HomeRegion"], {"Name": trail["Name"]})
        if answer.status != 200:
            return answer
        given = self.given(trail, call.region)
        start = given.get("StartLoggingTime", value.get("StartLoggingTime")) or now
        last = now if value.get("IsLogging") else value.get("StopLoggingTime") or now
        if value.get("StartLoggingTime"):
            value.update(times(trail, start, last))
        if value.get("IsLogging"):
            value.update(self.errors(call, trail, start, now))
        for name, field in given.items():
            value.pop(name, None)
            if field is not None:
                value[name] = field
        for kind in ("Delivery", "Notification"):
            attempt = value.get(f"Latest{kind}Time")
            value[f"Latest{kind}AttemptTime"] = "" if attempt is None else iso(attempt)
            value[f"Latest{kind}AttemptSucceeded"] = value[f"Latest{kind}AttemptTime"]
        return success(call, value)

    def errors(self, call, trail, start, now):
        """What the bucket, key, group, role and topic do to delivery, and the times at which it ended."""
        found = {}
        for word, refused in (("Delivery", self.refused), ("CloudWatchLogsDelivery", self.group_refused),
                              ("Notification", self.topic_refused)):
            error, since = refused(call, trail, now)
            if error:
                found[f"Latest{word}Error"] = error
                found.update({k: v for k, v in times(trail, start, min(since, now)).items() if k == f"Latest{word}Time"
                              or (word == "Delivery" and k == "LatestDigestDeliveryTime")})
        return found

    def given(self, trail, region):
        fields = {}
        for name in (trail["Name"], trail["TrailARN"]):
            for where in ("*", region):
                fields.update(self.overrides.get((name, where), {}))
        return fields

    def set_fields(self, trail, region, fields, now):
        held = self.overrides.setdefault((trail, region or "*"), {})
        for name, value in fields.items():
            held[name] = moment(value, now) if STATUS_TIMES.match(name) else value

    def since(self, name, now):
        return self.changed.get(name, now)

    def refused(self, call, trail, now):
        """What S3 says to CloudTrail's own write (or KMS to its key), and since when."""
        bucket, key = trail.get("S3BucketName", ""), trail.get("KmsKeyId")
        exists, policy = self.buckets.policy(call, bucket)
        if not exists:
            return "NoSuchBucket", self.since(bucket, now)
        if not may_write(policy):
            return "AccessDenied", self.since(bucket, now)
        broken = unusable(self.upstream, call, key) if key else None
        return broken, self.since((key or "").rsplit("/", 1)[-1], now)

    def group_refused(self, call, trail, now):
        arn, role = trail.get("CloudWatchLogsLogGroupArn"), trail.get("CloudWatchLogsRoleArn", "").rsplit("/", 1)[-1]
        if not arn:
            return None, now
        group = arn.split(":log-group:")[1].removesuffix(":*")
        asked = self.upstream.json(call, "logs", arn.split(":")[3], "Logs_20140328.DescribeLogGroups",
                                   {"logGroupNamePrefix": group})
        if not any(g["logGroupName"] == group for g in json.loads(asked.body).get("logGroups", [])):
            return "The specified log group does not exist.", self.since(group, now)
        body = urlencode({"Action": "GetRole", "Version": "2010-05-08", "RoleName": role})
        if self.upstream.form(call, "iam", "us-east-1", body).status != 200:
            return "Access denied. Verify in IAM that the role has adequate permissions.", self.since(role, now)
        return None, now

    def topic_refused(self, call, trail, now):
        arn = trail.get("SnsTopicARN")
        if not arn:
            return None, now
        body = urlencode({"Action": "GetTopicAttributes", "Version": "2010-03-31", "TopicArn": arn})
        found = self.upstream.form(call, "sns", arn.split(":")[3], body).status == 200
        return (None if found else "NotFound"), self.since(arn, now)


def told(value):
    """The trails of a DescribeTrails answer, without moto's nulls: AWS leaves a field out."""
    return [{k: v for k, v in t.items() if v is not None} for t in value.get("trailList", [])]


def with_default(value):
    """A trail without selectors of its own has AWS's default one."""
    if not value.get("EventSelectors") and not value.get("AdvancedEventSelectors"):
        value["EventSelectors"] = [DEFAULT_SELECTOR]
    return {k: v for k, v in value.items() if v != []}


def times(trail, start, last):
    """Delivery every five minutes, digests on the hour: what a healthy trail shows until `last`."""
    found = {"LatestDeliveryTime": float(max(start, last - last % 300))}
    if trail.get("LogFileValidationEnabled") and last - last % 3600 > start:
        found["LatestDigestDeliveryTime"] = float(last - last % 3600)
    if trail.get("CloudWatchLogsLogGroupArn"):
        found["LatestCloudWatchLogsDeliveryTime"] = float(max(start, last - last % 60))
    if trail.get("SnsTopicARN"):
        found["LatestNotificationTime"] = found["LatestDeliveryTime"]
    return found
