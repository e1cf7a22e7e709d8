"""CloudTrail as AWS behaves where moto does not: status fields, shadow trails, names and ARNs."""

import json
import re
import time

from .answers import failure, success

STATUS_TIMES = re.compile("^(Latest.*Time|StartLoggingTime|StopLoggingTime)$")
BY_TRAIL = {"GetTrailStatus": "Name", "GetTrail": "Name", "GetEventSelectors": "TrailName",
            "GetInsightSelectors": "TrailName", "StartLogging": "Name", "StopLogging": "Name",
            "UpdateTrail": "Name", "DeleteTrail": "Name", "PutEventSelectors": "TrailName"}
HOME_ONLY = ("StartLogging", "StopLogging", "UpdateTrail", "DeleteTrail", "PutEventSelectors")
DEFAULT_SELECTOR = {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [],
                    "ExcludeManagementEventSources": []}


class Trails:
    def __init__(self, upstream):
        self.upstream = upstream
        self.overrides = {}  # (trail name or ARN, region or "*") -> fields
        self.policy_changed = {}  # bucket -> epoch seconds
        self.custom_selectors = set()

    def answer(self, call, account, now):
        """AWS's answer, or None where moto's own will do."""
        if call.operation == "DescribeTrails":
            return self.describe(call)
        if call.operation == "CreateTrail":
            return self.create(call)
        if call.operation not in BY_TRAIL:
            return None
        name = call.params.get(BY_TRAIL[call.operation])
        if not isinstance(name, str) or not name:
            return failure(call, 400, "InvalidTrailNameException", "Trail name cannot be blank!")
        trail, problem = self.resolve(call, name, account)
        if problem:
            return problem
        if call.operation == "GetTrailStatus":
            return self.status(call, trail, now)
        params = {**call.params, BY_TRAIL[call.operation]: trail["Name"]}
        answer, value = self.upstream.cloudtrail(call, call.operation, trail["HomeRegion"], params)
        if call.operation == "PutEventSelectors" and answer.status == 200:
            self.custom_selectors.add(trail["TrailARN"])
        if call.operation == "DeleteTrail":
            self.custom_selectors.discard(trail["TrailARN"])
        if call.operation == "GetEventSelectors" and answer.status == 200:
            if not value.get("EventSelectors") and not value.get("AdvancedEventSelectors"):
                value["EventSelectors"] = [DEFAULT_SELECTOR]
            value = {k: v for k, v in value.items() if v != []}
            return success(call, value)
        return answer

    def describe(self, call):
        params = {k: v for k, v in call.params.items() if k != "trailNameList"}
        answer, value = self.upstream.cloudtrail(call, "DescribeTrails", call.region, params)
        if answer.status != 200:
            return answer
        names = call.params.get("trailNameList")
        kept = [t for t in value.get("trailList", []) if not names or t["TrailARN"] in names
                or (t["Name"] in names and t["HomeRegion"] == call.region)]
        for trail in kept:
            trail["HasCustomEventSelectors"] = trail["TrailARN"] in self.custom_selectors
        return success(call, {"trailList": kept})

    def create(self, call):
        trails = self.known(call, call.region)
        if any(t["Name"] == call.params.get("Name") and t["HomeRegion"] == call.region for t in trails):
            return failure(call, 400, "TrailAlreadyExistsException",
                           f"Trail {call.params['Name']} already exists for customer")
        return None

    def known(self, call, region):
        return self.upstream.cloudtrail(call, "DescribeTrails", region, {})[1].get("trailList", [])

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
        if value.get("IsLogging"):
            refused, since = self.refused(call, trail, now)
            last = min(since, now) if refused else now
            if refused:
                value["LatestDeliveryError"] = refused
        else:
            last = value.get("StopLoggingTime") or now
        if value.get("StartLoggingTime"):
            value.update(times(trail, start, last))
        for name, field in given.items():
            value.pop(name, None)
            if field is not None:
                value[name] = field
        attempt = value.get("LatestDeliveryTime")
        value["LatestDeliveryAttemptTime"] = "" if attempt is None else iso(attempt)
        value["LatestDeliveryAttemptSucceeded"] = value["LatestDeliveryAttemptTime"]
        return success(call, value)

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

    def refused(self, call, trail, now):
        """What S3 says to CloudTrail's own write, and since when."""
        bucket = trail.get("S3BucketName", "")
        exists, policy = self.upstream.bucket_policy(call, bucket)
        if not exists:
            return "NoSuchBucket", self.policy_changed.get(bucket, now)
        if may_write(policy):
            return None, now
        return "AccessDenied", self.policy_changed.get(bucket, now)


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


def moment(value, now):
    """`now`, `-45m`, an ISO 8601 time, epoch seconds; None takes the field away."""
    if value is None or isinstance(value, (int, float)):
        return value
    if value == "now":
        return float(int(now))
    ago = re.fullmatch(r"-(\d+)([smhd])", value)
    if ago:
        return float(int(now) - int(ago[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400}[ago[2]])
    import calendar
    return float(calendar.timegm(time.strptime(value, "%Y-%m-%dT%H:%M:%SZ")))


def iso(epoch):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
