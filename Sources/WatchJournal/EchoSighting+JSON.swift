import WatchCore

extension EchoSighting {
  var json: JSON {
    .facts([("legs", .array(legs.map(\.json))), ("off", off.map(JSON.string))])
  }

  init(json: JSON) {
    self.init(
      legs: (json["legs"]?.array ?? []).compactMap(EchoLeg.init(json:)), off: json["off"]?.string)
  }
}

extension EchoLeg {
  fileprivate var json: JSON {
    .facts([
      ("kind", .string(kind.rawValue)), ("sent", sent.map { .string($0.iso) }),
      ("returned", returned.map { .string($0.iso) }), ("arrived", arrived.map { .string($0.iso) }),
      ("record", record.map(JSON.string)), ("p50_ms", p50.map { .int($0.millis) }),
      ("p95_ms", p95.map { .int($0.millis) }), ("waiting", waiting.map { .string($0.iso) }),
      ("owed", owed.map { .string($0.iso) }), ("blind", blind?.json),
    ])
  }

  fileprivate init?(json: JSON) {
    guard let kind = json["kind"]?.string.flatMap(PathKind.init) else { return nil }
    func span(_ key: String) -> Duration? {
      json[key]?.int.map { .milliseconds(Int64(clamping: $0)) }
    }
    self.init(
      kind: kind, sent: json["sent"]?.time, returned: json["returned"]?.time,
      arrived: json["arrived"]?.time, record: json["record"]?.string, p50: span("p50_ms"),
      p95: span("p95_ms"), waiting: json["waiting"]?.time, owed: json["owed"]?.time,
      blind: json["blind"].flatMap(Blindness.init(json:)))
  }
}

extension SettingsSighting {
  var json: JSON {
    .facts([("settings", .array(settings.map(\.json))), ("raw", .string(raw))])
  }

  init(json: JSON) {
    self.init(
      settings: (json["settings"]?.array ?? []).compactMap(PipelineSetting.init(json:)),
      raw: json["raw"]?.string ?? "")
  }
}
