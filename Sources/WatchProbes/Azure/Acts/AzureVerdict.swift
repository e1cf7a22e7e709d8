import CloudAPI
import WatchCore

/// What an act does to the pipeline, as far as its record tells: the operation by itself, and where the
/// Activity Log kept the request's body, what that asked for.
struct AzureVerdict: Sendable {
  var harm: PipelineChange.Harm
  var code: FailureCode?
  var difference: [String] = []

  init(_ harm: PipelineChange.Harm, _ code: FailureCode?) {
    self.harm = harm
    self.code = code
  }

  mutating func judge(
    _ row: AzureTamper, _ record: ActivityRecord, _ found: AzureParts.Found
  ) {
    if found.isOwnRole {
      let isGone = row.operation.hasSuffix("/delete")
      difference = ["the watch's own role"]
      if isGone { weakens("azure.pipeline.tampered") } else { harm = .changes }
      return
    }
    guard row.operation.hasSuffix("/write"), let body = Self.body(record) else { return }
    let properties = body.member("properties") ?? body
    switch row.stage {
    case .detection, .people: judgeSwitch(properties)
    case .routing: judgeProcessing(properties)
    case .export: tellCategories(properties)
    case .group: tellWorkspace(properties)
    case .bucket: tellStorage(properties)
    default: break
    }
  }

  private mutating func weakens(_ code: FailureCode) {
    harm = .shrinks
    self.code = code
  }

  /// An alert or an action group that is written switched off.
  private mutating func judgeSwitch(_ properties: JSONValue) {
    guard Self.flag(properties, "enabled") == false || Self.flag(properties, "isEnabled") == false
    else { return }
    difference.append("enabled false")
    weakens("azure.alertpath.silenced")
  }

  /// A rule that takes the action groups off alerts.
  private mutating func judgeProcessing(_ properties: JSONValue) {
    let kinds = (properties.member("actions")?.array ?? []).compactMap {
      $0.member("actionType")?.string?.lowercased()
    }
    guard kinds.contains("removeallactiongroups"), Self.flag(properties, "enabled") != false
    else { return }
    difference.append("removes all action groups")
    weakens("azure.alertpath.silenced")
  }

  /// Only told: what is lost is seen by comparing the setting with what it was.
  private mutating func tellCategories(_ properties: JSONValue) {
    for log in properties.member("logs")?.array ?? [] {
      guard Self.flag(log, "enabled") == false,
        let name = (log.member("category") ?? log.member("categoryGroup"))?.string
      else { continue }
      if difference.count < 20 { difference.append("\(PlainLine.make(name, limit: 80)) off") }
    }
  }

  /// Only told: a redeployment writes what is there already, and the checks judge what then is.
  private mutating func tellWorkspace(_ properties: JSONValue) {
    if let days = properties.member("retentionInDays")?.word {
      difference.append("retentionInDays \(PlainLine.make(days, limit: 20))")
    }
    if let quota = properties.member("workspaceCapping")?.member("dailyQuotaGb")?.word {
      difference.append("dailyQuotaGb \(PlainLine.make(quota, limit: 20))")
    }
  }

  private mutating func tellStorage(_ properties: JSONValue) {
    let names = [
      "publicAccess", "allowBlobPublicAccess", "allowSharedKeyAccess", "minimumTlsVersion",
      "supportsHttpsTrafficOnly", "isVersioningEnabled", "immutabilityPeriodSinceCreationInDays",
    ]
    for name in names {
      if let word = properties.member(name)?.word {
        difference.append("\(name) \(PlainLine.make(word, limit: 40))")
      }
    }
  }

  private static func flag(_ value: JSONValue, _ name: String) -> Bool? {
    value.member(name)?.word.flatMap { Bool($0.lowercased()) }
  }

  /// Where the log kept it: a text that holds JSON.
  private static func body(_ record: ActivityRecord) -> JSONValue? {
    guard let text = record.properties["requestbody"],
      let value = try? JSONReader.read(Array(text.utf8)), value.members != nil
    else { return nil }
    return value
  }
}
