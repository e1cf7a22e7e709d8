"""An organization's trail as a member account sees it: there, but another account's
(https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html)."""

from .answers import failure, success
from .moments import moment

HIDDEN = ("LatestDeliveryError", "LatestDigestDeliveryError", "LatestCloudWatchLogsDeliveryError",
          "LatestNotificationError")
READS = ("GetTrail", "GetTrailStatus")


class Organization:
    def __init__(self):
        self.trails = {}  # ARN -> (as DescribeTrails tells it, fields of its status)

    def add(self, arn, more, status, now):
        parts = arn.split(":")
        trail = {"Name": parts[5].removeprefix("trail/"), "S3BucketName": "org-audit", "HomeRegion": parts[3],
                 "IncludeGlobalServiceEvents": True, "IsMultiRegionTrail": True, "TrailARN": arn,
                 "LogFileValidationEnabled": True, "HasCustomEventSelectors": False, "HasInsightSelectors": False,
                 "IsOrganizationTrail": True, **more}
        status = {"IsLogging": True, **status}
        self.trails[arn] = (trail, {k: moment(v, now) if k.endswith("Time") else v
                                    for k, v in status.items() if k not in HIDDEN})

    def seen(self, account, region):
        return [dict(trail) for arn, (trail, _) in self.trails.items() if arn.split(":")[4] != account
                and (trail["IsMultiRegionTrail"] or trail["HomeRegion"] == region)]

    def answer(self, call, arn, account):
        """None where the trail is none of these, or its owner asks."""
        if arn not in self.trails or arn.split(":")[4] == account:
            return None
        trail, status = self.trails[arn]
        if call.operation == "GetTrail":
            return success(call, {"Trail": trail})
        if call.operation == "GetTrailStatus":
            return success(call, status)
        if call.operation.startswith("Get"):
            return failure(call, 400, "TrailNotFoundException", f"Unknown trail: {arn} for the user: {account}")
        return failure(call, 400, "NotOrganizationMasterAccountException",
                       f"The organization trail {arn} can be changed by the management account only")
