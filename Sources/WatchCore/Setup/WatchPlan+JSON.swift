extension WatchPlan {
  /// What is watched, and how it is reached. No secrets: the configuration holds none.
  public var configurationJSON: JSON {
    .facts([
      ("accounts", .array(accounts.map(\.json))),
      (
        "sources",
        .array(
          sources.map { source in
            .facts([
              ("id", .string(source.id.text)),
              ("trail", source.trail.isEmpty ? nil : .string(source.trail)),
              ("azure", source.azure?.json), ("gcp", source.gcp?.json),
              (
                "optional",
                source.optional.isEmpty
                  ? nil : .array(source.optional.map(\.rawValue).sorted().map(JSON.string))
              ),
              ("off", source.off.map(JSON.string)), ("role", source.role.map(JSON.string)),
              ("echo", source.echo == .off ? nil : .string(source.echo.rawValue)),
              (
                "data_events",
                source.dataEvents.isEmpty ? nil : .array(source.dataEvents.map(JSON.string))
              ),
            ])
          })
      ), ("channels", channels.isEmpty ? nil : channelsJSON), ("dead_man", deadMan?.json),
      ("remedies", approval == .one ? nil : ["approve": .string(approval.rawValue)]),
      ("metrics", metrics?.json),
    ])
  }

  /// Who is to be told: the answer to 3.3.4[a], at the time of the entry.
  public var rosterJSON: JSON {
    .array(
      roles.map { role in
        .facts([
          ("role", .string(role.name)), ("members", .array(role.members.map(JSON.string))),
          ("channels", .array(role.channels.map(JSON.string))),
          ("ack_within", .string("\(role.acknowledgeWithin.wholeSeconds)s")),
          ("then", role.then.map(JSON.string)),
          ("least", role.least == .low ? nil : .string(role.least.rawValue)),
          ("restore_within", role.restoreWithin.isEmpty ? nil : Self.json(role.restoreWithin)),
          ("hours", role.hours.map { .string($0.text) }), ("free", role.hours.flatMap(Self.free)),
          ("people", people(of: role)),
        ])
      })
  }

  /// The days themselves: which they are decides who is called.
  private static func free(_ hours: WatchHours) -> JSON? {
    let days = hours.except.sorted().map {
      JSON.string(Timestamp(seconds: Int64($0) * 86_400).date)
    }
    return days.isEmpty ? nil : .array(days)
  }

  private static func json(_ spans: [Priority: Duration]) -> JSON {
    .object(
      Priority.allCases.compactMap { priority in
        spans[priority].map { JSON.Member(priority.rawValue, .string("\($0.wholeSeconds)s")) }
      })
  }

  /// What differs for a member. Their numbers and addresses are theirs, and no part of the proof.
  private func people(of role: Role) -> JSON? {
    let members = role.members.compactMap { name -> JSON.Member? in
      guard let person = person(name), person.hours != nil || person.channels != nil else {
        return nil
      }
      let facts: JSON = .facts([
        ("hours", person.hours.map { .string($0.text) }),
        ("free", person.hours.flatMap(Self.free)),
        ("channels", person.channels.map { .array($0.map(JSON.string)) }),
      ])
      return JSON.Member(name, facts)
    }
    return members.isEmpty ? nil : .object(members)
  }

  /// When a source counts as late and silent, and how long its records must be kept.
  public var thresholdsJSON: JSON {
    .object(
      sources.map { source in
        JSON.Member(
          source.id.text,
          .object(
            PathKind.allCases.compactMap { kind in
              source.waits(for: kind).map { JSON.Member(kind.rawValue, .string($0.longText)) }
            } + [JSON.Member("retention", .string(source.retention.text))]))
      } + (chatter == .standard ? [] : [JSON.Member("chatter", .string(chatter.text))]))
  }
}

extension SourcePlan {
  /// What is waited for: an echo that is off is not, and no other cloud's records are.
  fileprivate func waits(for kind: PathKind) -> Expectation? {
    (kind == .echo && echo == .off) || kind.cloud.map { $0 != id.cloud } ?? false
      ? nil : expectation(kind)
  }
}

extension RetentionBar {
  /// `365d (SOC 2)`
  public var text: String { "\(days)d (\(framework))" }
}

extension CloudAccount {
  var json: JSON {
    .facts([
      ("cloud", .string(cloud.rawValue)), ("name", .string(name)),
      ("profile", profile.map(JSON.string)), ("role_arn", roleARN.map(JSON.string)),
      ("external_id", externalID.map(JSON.string)),
      ("regions", regions.map { .array($0.map(JSON.string)) }),
      ("partition", partition.map(JSON.string)), ("fips", fips ? true : nil),
      ("dual_stack", dualStack ? true : nil), ("endpoint", endpoint.map(JSON.string)),
      ("queue", queue.map(JSON.string)), ("azure", azure?.json), ("gcp", gcp?.json),
      ("role", role.map(JSON.string)),
    ])
  }
}

extension FailureCatalogue {
  /// The catalogue as the journal keeps it: the answer to 3.3.4[b], at the time of the entry.
  public static var json: JSON {
    .object(
      all.map { failure in
        JSON.Member(
          failure.code.text,
          .object([
            JSON.Member("class", .string(failure.kind.rawValue)),
            JSON.Member("priority", .string(failure.priority.rawValue)),
            JSON.Member("family", .string(failure.family.rawValue)),
            JSON.Member("title", .string(failure.title)),
            JSON.Member("runbook", .string(failure.runbook)),
          ]))
      })
  }
}

extension JSON {
  /// One line for each leaf that differs: `aws/prod/use1.s3 15m+15m -> 30m+15m`.
  public static func difference(_ old: JSON, _ new: JSON) -> [String] {
    var lines: [String] = []
    collect(old, new, "", &lines)
    return lines
  }

  private static func collect(_ old: JSON?, _ new: JSON?, _ path: String, _ lines: inout [String]) {
    guard old != new else { return }
    if let keys = keys(old, new) {
      for key in keys {
        collect(old?[key], new?[key], path.isEmpty ? key : "\(path).\(key)", &lines)
      }
      return
    }
    if case .array(let before)? = old, case .array(let after)? = new,
      let was = named(before), let now = named(after)
    {
      collect(.object(was), .object(now), path, &lines)
      let (earlier, later) = (was.map(\.key), now.map(\.key))
      if Set(earlier) == Set(later), earlier != later {
        let order = [earlier, later].map { $0.joined(separator: ", ") }
        lines.append("\(path.isEmpty ? "order" : path) \(order[0]) -> \(order[1])")
      }
      return
    }
    lines.append("\(path) \(text(old)) -> \(text(new))")
  }

  private static func keys(_ old: JSON?, _ new: JSON?) -> [String]? {
    guard old == nil || old?.members != nil, new == nil || new?.members != nil,
      let first = old?.members ?? new?.members
    else { return nil }
    var seen: Set<String> = []
    return (first + (new?.members ?? [])).map(\.key).filter { seen.insert($0).inserted }
  }

  /// A list of roles, accounts or sources, each by its name; nil: not such a list. One that was put in
  /// before the others changes none of them.
  private static func named(_ list: [JSON]) -> [JSON.Member]? {
    var seen: Set<String> = []
    let members = list.compactMap { value -> JSON.Member? in
      guard let name = ["id", "name", "role"].compactMap({ value[$0]?.string }).first else {
        return nil
      }
      // Two clouds may each have an account of one name.
      let whole = [value["cloud"]?.string, name].compactMap { $0 }.joined(separator: "/")
      return seen.insert(whole).inserted ? JSON.Member(whole, value) : nil
    }
    return members.count == list.count ? members : nil
  }

  private static func text(_ value: JSON?) -> String {
    if case .array(let values)? = value, !values.isEmpty {
      return values.map { text($0) }.joined(separator: ", ")
    }
    return value.map { $0.string ?? ($0 == [] ? "none" : $0.line) } ?? "none"
  }
}
