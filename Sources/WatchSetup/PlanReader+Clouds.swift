import WatchCore

extension PlanReader {
  static let partitions = [
    "aws", "aws-us-gov", "aws-cn", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc",
  ]

  mutating func readClouds(_ value: JSON5Value) {
    guard let fields = fields(value, "clouds", Cloud.allCases.map(\.rawValue)) else { return }
    for cloud in Cloud.allCases {
      guard let member = fields[cloud.rawValue] else { continue }
      for item in list(member.value, "clouds.\(cloud.rawValue)") ?? [] {
        let count = plan.accounts.count
        switch cloud {
        case .aws: readAWS(item)
        case .azure: readAzure(item)
        case .gcp: readGCP(item)
        }
        if plan.accounts.count > count, case .object(let members) = item.content {
          plan.accounts[count].role = roleName(members)
        }
      }
    }
  }

  private mutating func readAWS(_ value: JSON5Value) {
    let known = [
      "name", "profile", "role_arn", "external_id", "regions", "partition", "fips", "dual_stack",
      "endpoint", "queue", "role",
    ]
    guard let fields = fields(value, "an account of aws", known),
      let name = accountName(fields, .aws)
    else { return }
    plan.accounts.append(
      CloudAccount(
        cloud: .aws, name: name, profile: text(fields, "profile"), roleARN: roleARN(fields),
        externalID: text(fields, "external_id"), regions: regions(fields),
        partition: partition(fields), fips: bool(fields, "fips") ?? false,
        dualStack: bool(fields, "dual_stack") ?? false, endpoint: endpoint(fields),
        queue: queue(fields)))
  }

  mutating func accountName(_ fields: Fields, _ cloud: Cloud) -> String? {
    guard let name = required(fields, "name", example: "prod") else { return nil }
    let place = fields["name"]?.value.place ?? fields.place
    guard isName(name) else {
      problem(place, "the name \(named(name)) holds white space or a slash", "write one short word")
      return nil
    }
    if let first = accounts["\(cloud.rawValue)/\(name)"] {
      problem(
        place, "\(cloud.rawValue) has an account \(named(name)) already (line \(first.line))",
        "give each its own name")
      return nil
    }
    accounts["\(cloud.rawValue)/\(name)"] = place
    return name
  }

  private mutating func roleARN(_ fields: Fields) -> String? {
    guard let value = fields["role_arn"]?.value, let text = text(value, "role_arn") else {
      return nil
    }
    let arn = ARN(text)
    if let arn, arn.service == "iam", arn.region.isEmpty, arn.resource.hasPrefix("role/") {
      return text
    }
    problem(
      value.place, "role_arn is not the ARN of a role",
      "write arn:aws:iam::111122223333:role/NAME")
    return nil
  }

  private mutating func regions(_ fields: Fields) -> [String]? {
    guard let value = fields["regions"]?.value else { return nil }
    let todo = "write \"enabled\", or a list such as [\"us-east-1\", \"eu-west-1\"]"
    if case .string(let text) = value.content {
      if text != "enabled" { problem(value.place, "regions is \(named(text))", todo) }
      return nil
    }
    guard case .array(let items) = value.content, !items.isEmpty else {
      problem(value.place, "regions is \(value.content == .array([]) ? "empty" : value.kind)", todo)
      return nil
    }
    let found = texts(value, "regions")
    for item in found where !ARN.isRegion(item.text) {
      problem(item.place, "\(named(item.text)) is not the name of a region", "write us-east-1")
    }
    return found.map(\.text)
  }

  private mutating func partition(_ fields: Fields) -> String? {
    guard let value = fields["partition"]?.value, let text = text(value, "partition") else {
      return nil
    }
    if !Self.partitions.contains(text) {
      problem(
        value.place, "\(named(text)) is not a partition of AWS",
        Nearest.advice(text, Self.partitions))
    }
    return text
  }

  private mutating func endpoint(_ fields: Fields) -> String? {
    guard let value = fields["endpoint"]?.value, let text = text(value, "endpoint") else {
      return nil
    }
    let rest = ["https://", "http://"].first { text.hasPrefix($0) }
      .map { text.dropFirst($0.count) }
    let host = rest.map { $0.prefix { !"/?#".contains($0) } } ?? ""
    if host.contains("@") {
      problem(value.place, "endpoint holds a user or a password", Self.secretAdvice)
    } else if host.isEmpty || host.hasPrefix(":")
      || text.unicodeScalars.contains(where: { $0.properties.isWhitespace })
    {
      problem(
        value.place, "endpoint is not a URL", "write https://HOST, or http://127.0.0.1:5000")
    }
    return text
  }
}
