import CloudAPI
import WatchCore

/// A configuration for what was found: JSON5 with a comment on each value that tells where it came
/// from. What answers hold is quoted or made plain first: it may be hostile.
public struct ConfigurationDraft: Sendable {
  public var findings: Findings
  /// The shared files' profile that was used; nil: whatever the environment has.
  public var profile: String?
  /// Who asked: the first to be told.
  public var me: String
  public var at: Timestamp

  public init(findings: Findings, profile: String?, me: String, at: Timestamp) {
    self.findings = findings
    self.profile = profile
    self.me = me
    self.at = at
  }

  /// What the account is called: by its alias, the profile, or its number.
  public var accountName: String {
    let names = [findings.alias, profile == "default" ? nil : profile]
    for name in names.compactMap({ $0 }) where Self.isName(name) { return name }
    return "aws-\(findings.identity.account.filter(\.isNumber))"
  }

  private var accountSource: String {
    if accountName == findings.alias { return "its alias (ListAccountAliases)" }
    return accountName == profile ? "the profile's name" : "its number: any other word does too"
  }

  /// As a configuration takes it.
  static func isShort(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 256 && text.plainLine == text
  }

  /// One word, as ids and the screen take it.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.unicodeScalars.allSatisfy { scalar in
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar) || "._-@".unicodeScalars.contains(scalar)
      }
  }

  /// As it is written to the file.
  public func text(bill: CallBill?) -> String {
    (DraftPieces.head(findings.identity.arn, at) + DraftPieces.duty(me) + clouds + sources
      + DraftPieces.retention + foot(bill) + [""]).joined(separator: "\n")
  }

  private var clouds: [String] {
    let number = findings.identity.account.filter(\.isNumber)
    var lines = ["  clouds: {", "    aws: [", "      {"]
    lines.append("        // account \(number); named by \(accountSource)")
    lines.append("        name: \(Self.quoted(accountName)),")
    if let profile, Self.isShort(profile) {
      lines.append("        profile: \(Self.quoted(profile)), // as it was asked with")
    }
    lines += [
      "        // A role of the watch's own is better: watchkeeper policy aws --trust prints it.",
      "        // role_arn: \"arn:\(findings.partition):iam::\(number):role/watchkeeper\",",
    ]
    if findings.partition != "aws" {
      lines.append("        partition: \(Self.quoted(findings.partition)), // of the caller's ARN")
    }
    return lines + regions + queues + ["      },", "    ],", "  },"]
  }

  private var regions: [String] {
    var lines: [String] = []
    if let regions = findings.regions {
      lines.append("        // \(regions.count) regions are enabled (DescribeRegions).")
    }
    let days = Finder.lately.wholeSeconds / 86_400
    for (what, names) in [("some", findings.busy), ("none", findings.quiet)] where !names.isEmpty {
      let list = names.joined(separator: ", ")
      lines.append(
        Self.comment("write events of the last \(days) days, \(what): \(list)").indented(8))
    }
    return lines + [
      "        regions: \"enabled\", // all of them: an intruder works where nobody looks"
    ]
  }

  private var queues: [String] {
    let named = findings.queues.filter { QueueURL($0)?.isSecure == true }
    guard let first = named.first(where: { $0.lowercased().contains("watchkeeper") }) else {
      return [
        "        // The fast witness: a queue of the watch's own for EventBridge's events.",
        "        // queue: \"https://sqs.us-east-1.amazonaws.com/111122223333/NAME\",",
      ]
        + named.prefix(5).map {
          Self.comment("found, by its name (ListQueues): \($0)").indented(8)
        }
    }
    return [
      "        // Found by its name (ListQueues): is it the watch's own?",
      "        queue: \(Self.quoted(first)),",
    ]
  }
}

extension ConfigurationDraft {
  /// A text as JSON5 takes it, without any character that moves a cursor.
  static func quoted(_ text: String) -> String { JSON.string(text).line }

  /// A comment on one line, whatever stands in it.
  static func comment(_ text: String) -> String { "// \(text.plainLine.shortened(to: 400))" }
}

extension String {
  func indented(_ spaces: Int) -> String { String(repeating: " ", count: spaces) + self }
}
