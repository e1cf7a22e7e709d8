extension PostureCatalogue {
  private static let kms = "https://docs.aws.amazon.com/kms/latest/developerguide/"
  private static let keyPolicy =
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/"
    + "create-kms-key-policy-for-cloudtrail.html"

  static let key: [PostureRule] = [
    PostureRule(
      "key.enabled", "aws.key.unusable", .high, "enabled",
      why: "CloudTrail cannot encrypt, and so cannot deliver: nothing is stored.",
      mend: "aws kms enable-key --key-id KEY (after cancel-key-deletion, where it waits for its "
        + "end).",
      reference: kms + "enabling-keys.html", breaksNow: true),
    PostureRule(
      "key.kept", "aws.key.unusable", .high, "here to stay",
      why: "When the key is deleted, every log file that was encrypted with it is lost.",
      mend: "aws kms cancel-key-deletion --key-id KEY, then enable-key.",
      reference: kms + "deleting-keys.html", breaksNow: true),
    PostureRule(
      "key.policy", "aws.key.unusable", .high, "open to CloudTrail",
      why: "The key's policy does not let CloudTrail make data keys: nothing is stored.",
      mend: "Allow cloudtrail.amazonaws.com kms:GenerateDataKey* for the trail's encryption "
        + "context.",
      reference: keyPolicy, breaksNow: true),
    PostureRule(
      "key.describe", "aws.posture.weak", .low, "visible to CloudTrail",
      why: "CloudTrail looks at the key when a trail is set up: the next change fails.",
      mend: "Allow cloudtrail.amazonaws.com kms:DescribeKey.", reference: keyPolicy),
    PostureRule(
      "key.guarded", "aws.posture.weak", .medium, "guarded from other accounts",
      why: "Somebody outside of the account may disable or delete the key, and the logs with it.",
      mend: "Take kms:DisableKey, kms:ScheduleKeyDeletion and kms:PutKeyPolicy from all but your "
        + "own key administrators.",
      reference: kms + "key-policy-default.html"),
    PostureRule(
      "key.rotation", "aws.posture.weak", .low, "rotated",
      why: "A key that never changes protects ever more logs by one secret.",
      mend: "aws kms enable-key-rotation --key-id KEY",
      reference: kms + "rotate-keys.html"),
  ]
}
