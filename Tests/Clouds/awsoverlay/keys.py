"""KMS keys by ARN, which moto takes in some operations only; and what a key's state means for a trail."""

import json

ARN_FAILS = ("DisableKey", "EnableKey", "ScheduleKeyDeletion", "CancelKeyDeletion", "EnableKeyRotation",
             "DisableKeyRotation", "PutKeyPolicy", "UpdateKeyDescription")


def body(call):
    """The request as moto can read it, or None where it can read it as it is."""
    key = call.params.get("KeyId")
    if call.operation in ARN_FAILS and isinstance(key, str) and key.startswith("arn:") and ":key/" in key:
        return json.dumps({**call.params, "KeyId": key.rsplit("/", 1)[1]}).encode()
    return None


def unusable(upstream, call, key):
    """What CloudTrail says of a key that it cannot use; None where it can."""
    region = key.split(":")[3] if key.startswith("arn:") else call.region
    answer = upstream.json(call, "kms", region, "TrentService.DescribeKey", {"KeyId": key})
    if answer.status != 200:
        return "KMS.NotFoundException"
    state = json.loads(answer.body)["KeyMetadata"].get("KeyState")
    return {"Disabled": "KMS.DisabledException", "PendingDeletion": "KMS.InvalidStateException"}.get(state)
