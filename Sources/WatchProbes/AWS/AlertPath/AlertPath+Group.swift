import CloudAPI
import WatchCore

/// The log group: there, and kept long enough.
extension AlertPath {
  var groupChecks: [PostureCheck] {
    var about = sheet(arn.text)
    guard let group else {
      // No weakness by itself: whether anybody would be told is `reach.trail-changes`.
      about.add("group.attached", elsewhere == nil ? .info : .none, noGroup)
      return about.checks
    }
    about.add("group.attached", .holds, "sends to \(group.name)")
    var sheet = sheet(group.arn)
    sheet.judge("group.exists", "group.retention", by: group.facts) { sheet, facts in
      guard let facts else {
        sheet.add("group.exists", .fails, "the trail names it, and there is no such group")
        sheet.add("group.retention", .none, "there is no such group")
        return
      }
      sheet.add("group.exists", .holds, "there, class \(facts.groupClass ?? "STANDARD")")
      let bar = plan.retention
      let kept = facts.retentionDays.map { "kept for \($0) days" } ?? "kept for ever"
      sheet.add(
        "group.retention", if: facts.retentionDays.map { $0 >= bar.days } ?? true,
        "\(kept); \(bar.framework) asks \(bar.days)",
        else: "\(kept), and \(bar.framework) asks \(bar.days)")
    }
    return about.checks + sheet.checks
  }

  private var noGroup: String { elsewhere ?? "the trail sends to no log group" }
}
