extension PipelineChange {
  /// What Azure and Google Cloud call the record that no setting can blind.
  public static let activityLog = "Activity Log"
  public static let adminActivity = "Admin Activity log"

  /// Which of the two witnesses evidence names as who told of an act, whatever its cloud calls it:
  /// ``history``, ``queue``; nil where it was no witness of acts.
  public static func witness(in seen: String) -> String? {
    if seen.hasPrefix(queue) { return queue }
    return [history, activityLog, adminActivity].contains(where: seen.hasPrefix) ? history : nil
  }
}
