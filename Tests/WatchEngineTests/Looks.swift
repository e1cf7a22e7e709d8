import WatchCore

/// What probes would have seen, in short.
extension Look {
  static func trail(
    _ source: SourceID = Rig.use1, region: String = "us-east-1", logging: Bool = true,
    started: Timestamp? = nil, stopped: Timestamp? = nil, delivered: Timestamp? = nil,
    deliveryError: String? = nil, digest: Timestamp? = nil, group: Timestamp? = nil,
    groupError: String? = nil, change: (inout TrailSettings) -> Void = { _ in }
  ) -> Look {
    var settings = TrailSettings(
      name: source.name, arn: "arn:aws:cloudtrail:\(region):111122223333:trail/\(source.name)",
      homeRegion: region, bucket: "acme-audit-logs", multiRegion: false,
      validation: digest != nil, logGroup: group == nil && groupError == nil ? nil : "org-trail",
      management: "all")
    change(&settings)
    let status = TrailStatus(
      isLogging: logging, started: started, stopped: stopped, delivered: delivered,
      deliveryError: deliveryError, digestDelivered: digest, groupDelivered: group,
      groupError: groupError)
    return Look(
      path: PathID(source: source, kind: .trail, region: region),
      result: .saw(.trail(TrailSighting(settings: settings, status: status))))
  }

  static func noTrail(_ source: SourceID = Rig.use1, region: String = "us-east-1") -> Look {
    Look(
      path: PathID(source: source, kind: .trail, region: region),
      result: .saw(.trail(TrailSighting(settings: nil, status: nil))))
  }

  static func s3(
    _ newest: Timestamp?, _ source: SourceID = Rig.use1, region: String = "us-east-1"
  ) -> Look {
    Look(
      path: PathID(source: source, kind: .s3, region: region),
      result: .saw(.arrival(Arrival(newest: newest, record: "key", count: 1, name: source.name))))
  }

  static func digest(_ newest: Timestamp?, _ source: SourceID = Rig.use1) -> Look {
    arrival(.digest, newest, source)
  }

  static func group(_ newest: Timestamp?, _ source: SourceID = Rig.use1) -> Look {
    arrival(.group, newest, source)
  }

  private static func arrival(
    _ kind: PathKind, _ newest: Timestamp?, _ source: SourceID
  ) -> Look {
    Look(
      path: PathID(source: source, kind: kind, region: "us-east-1"),
      result: .saw(.arrival(Arrival(newest: newest, record: "key", count: 1, name: source.name))))
  }

  static func echo(_ legs: [EchoLeg], _ source: SourceID = Rig.use1) -> Look {
    Look(
      path: PathID(source: source, kind: .echo, region: "us-east-1"),
      result: .saw(.echo(EchoSighting(legs: legs))))
  }

  static func history(
    _ changes: [PipelineChange] = [], activity: [Timestamp] = [], region: String = "us-east-1",
    at now: Timestamp
  ) -> Look {
    Look(
      path: PathID(source: Rig.history, kind: .history, region: region),
      result: .saw(
        .history(
          HistorySighting(from: now - .hours(1), to: now, changes: changes, activity: activity))))
  }

  static func region(
    _ region: String, covering: [String] = [], trails: [String] = ["use1"], activity: Int = 0,
    since: Timestamp? = nil, by cause: Cause? = nil
  ) -> Look {
    Look(
      path: PathID(source: Rig.regions, kind: .region, region: region),
      result: .saw(
        .region(
          RegionSighting(
            covering: covering, trails: trails, activity: activity, activeSince: since,
            latest: cause, first: cause))))
  }

  static func blind(
    _ kind: PathKind, _ source: SourceID = Rig.use1, region: String = "us-east-1",
    _ why: Blindness.Kind = .denied
  ) -> Look {
    Look(
      path: PathID(source: source, kind: kind, region: region),
      result: .blind(Blindness(kind: why, detail: "\(kind.rawValue) \(why.rawValue)")))
  }
}

extension PipelineChange {
  static func stop(at time: Timestamp, event: String = "e-1", error: String? = nil) -> Self {
    PipelineChange(
      cause: Cause(
        actor: "dev", action: "StopLogging", region: "us-east-1", at: time, from: "198.51.100.7",
        event: event, subject: Rig.trail, error: error),
      trail: Rig.trail, part: PipelineNode.ID(.trail, Rig.trail), stage: .trail, harm: .cuts)
  }

  static func policy(at time: Timestamp, refuses: Bool?, event: String = "e-2") -> Self {
    PipelineChange(
      cause: Cause(
        actor: "ana", action: "PutBucketPolicy", region: "us-east-1", at: time,
        from: "203.0.113.9", event: event, subject: "acme-audit-logs"),
      bucket: "acme-audit-logs", refusesTrail: refuses,
      part: PipelineNode.ID(.bucket, "acme-audit-logs"), stage: .bucket,
      harm: refuses == true ? .cuts : .changes)
  }
}
