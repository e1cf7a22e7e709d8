import CloudAPI
import WatchCore

/// What one key of a channel may hold.
extension PlanReader {
  mutating func setting(_ fields: Fields, _ key: String, _ kind: ChannelPlan.Kind) -> [String]? {
    guard let value = fields[key]?.value else { return nil }
    switch key {
    case "to": return addresses(value)
    case "run": return arguments(value)
    default: break
    }
    guard let text = text(value, key) else { return nil }
    if let todo = Self.advice(text, key) { problem(value.place, "\(key) cannot be used", todo) }
    let known = problems.count
    if ["endpoint", "site", "url"].contains(key) { checkBase(text, key, value.place) }
    // One line for one thing: what looks like a secret anywhere is named already.
    if key == "url", problems.count == known, !Secrets.isValue(text), Secrets.isInAddress(text) {
      problem(
        value.place, "url holds what looks like a key",
        "it would be copied into the journal: put the whole address into url_from, \"env:NAME\"")
    }
    let isBase = ["endpoint", "site"].contains(key) && text.hasSuffix("/")
    return [isBase ? String(text.dropLast()) : text]
  }

  /// What to write instead, where a text does not fit its key.
  private static func advice(_ text: String, _ key: String) -> String? {
    switch key {
    case "from": MailPlace.isAddress(text) ? nil : "write one plain address, as watch@example.com"
    case "server":
      MailPlace.isServer(text) ? nil : "write smtps://HOST, or smtp://HOST:587 for STARTTLS"
    case "sendmail": text.hasPrefix("/") ? nil : "write its whole path, as /usr/sbin/sendmail"
    case "project": isProject(text) ? nil : "write the project's key, as SEC"
    case "topic":
      TopicMessage.region(ofTopic: text) == nil
        ? "write the topic's ARN, arn:aws:sns:REGION:ACCOUNT:NAME" : nil
    case "issue_type", "transition", "user":
      text.utf8.count > 200 ? "write at most 200 characters" : nil
    default: nil
    }
  }

  /// One address, or a list of them.
  private mutating func addresses(_ value: JSON5Value) -> [String]? {
    var found: [(text: String, place: TextPlace)] = []
    if case .string = value.content {
      if let text = text(value, "to") { found = [(text, value.place)] }
    } else {
      found = texts(value, "to")
      if found.isEmpty { problem(value.place, "to names nobody", "write [\"mira@example.com\"]") }
    }
    if found.count > 100 {
      problem(value.place, "to names more than 100", "write a list's address")
    }
    for item in found where !MailPlace.isAddress(item.text) {
      problem(
        item.place, "\(named(item.text)) is not a plain mail address",
        "write one such as mira@example.com")
    }
    return found.map(\.text)
  }

  /// A program and its arguments; an argument may stand twice.
  private mutating func arguments(_ value: JSON5Value) -> [String]? {
    var found: [String] = []
    for item in list(value, "run") ?? [] {
      if let text = text(item, "an item of run") { found.append(text) }
    }
    if let index = Secrets.first(inArguments: found), !Secrets.isValue(found[index]) {
      problem(
        list(value, "run")?[index].place ?? value.place, "run holds what looks like a key",
        "it would be copied into the journal: let the program read it from a file of its own")
    }
    if case .array = value.content, found.first?.hasPrefix("/") != true {
      problem(
        value.place, "run does not begin with a program's whole path",
        "write [\"/usr/local/bin/tell\", \"--quiet\"]; the notification comes on standard input")
    }
    return found
  }

  /// Keys that go together, or not.
  mutating func checkTogether(_ kind: ChannelPlan.Kind, _ fields: Fields) {
    switch kind {
    case .email:
      choose(fields, "server", "sendmail", "by which the mail is sent")
      if (fields["user"] == nil) != (fields["key_from"] == nil) {
        problem(
          fields.place, "user and key_from go together", "add the other, or take both out")
      }
    case .webhook: choose(fields, "url_from", "url", "to which it is sent")
    default: break
    }
  }

  private mutating func choose(_ fields: Fields, _ one: String, _ other: String, _ what: String) {
    switch (fields[one], fields[other]) {
    case (nil, nil):
      problem(fields.place, "neither \(one) nor \(other) is there, \(what)", "add one")
    case (_?, let second?): problem(second.place, "\(one) and \(other) are both there", "keep one")
    default: break
    }
  }

  /// Topics are published to as an AWS account of the configuration; where it has one, as that.
  mutating func nameTopicAccounts() {
    let known = plan.accounts.filter { $0.cloud == .aws }.map(\.name)
    for (index, place) in topics.sorted(by: { $0.key < $1.key }) {
      guard let name = plan.channels[index].setting("account") else {
        if known.count == 1 {
          plan.channels[index].settings["account"] = known
        } else {
          problem(
            place,
            "account is missing: \(known.isEmpty ? "no" : "more than one") AWS account is known",
            "name the one of clouds.aws that publishes")
        }
        continue
      }
      if !known.contains(name) {
        problem(place, "there is no AWS account \(named(name))", Nearest.advice(name, known))
      }
    }
  }

  /// "Edit a project's details": capitals, digits and underscores, a capital first.
  private static func isProject(_ text: String) -> Bool {
    (2...40).contains(text.utf8.count) && text.first.map { ("A"..."Z").contains($0) } == true
      && text.utf8.allSatisfy {
        (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
      }
  }
}
