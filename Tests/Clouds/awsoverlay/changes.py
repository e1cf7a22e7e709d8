"""Which part of a pipeline a passed call changed: from then on its trail's delivery may be refused."""


def part(call):
    """The bucket, key id, group, role or topic, or None."""
    p = call.params
    if call.service == "s3" and call.operation in ("PutBucketPolicy", "DeleteBucketPolicy", "CreateBucket", "DeleteBucket"):
        return call.bucket
    if call.service == "kms" and call.operation in ("DisableKey", "EnableKey", "ScheduleKeyDeletion", "CancelKeyDeletion"):
        return str(p.get("KeyId", "")).rsplit("/", 1)[-1]
    if call.service == "logs" and call.operation in ("DeleteLogGroup", "CreateLogGroup"):
        return p.get("logGroupName")
    if call.service == "iam" and call.operation in ("DeleteRole", "CreateRole"):
        return p.get("RoleName")
    if call.service == "sns" and call.operation == "DeleteTopic":
        return p.get("TopicArn")
    return None
