import CloudAPI
import EventRules
import WatchCore

/// "Who can mute me?": the parts from the trail to a human, and the last proof of each step.
extension AlertPath {
  var pipeline: Pipeline {
    var drawing = PipelineDrawing(path: self)
    drawing.draw()
    return drawing.pipeline
  }
}

/// Draws a path's parts and what joins them.
struct PipelineDrawing {
  let path: AlertPath
  private(set) var pipeline = Pipeline()
  /// The verdicts that say whether a part works.
  private let failing: [String: String]

  static let watch = PipelineNode.ID(.human, "watchkeeper")

  init(path: AlertPath) {
    self.path = path
    let breaking = path.checks.filter { check in
      check.verdict == .fails && PostureCatalogue.rule(check.rule)?.breaksNow == true
    }
    failing = Dictionary(
      breaking.map { ($0.subject, $0.seen) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func draw() {
    drawTrail()
    drawGroup()
    drawRules()
    drawTopics()
    drawQueues()
    pipeline = Pipeline().merged(with: pipeline)
  }

  private var trailID: PipelineNode.ID { PipelineNode.ID(.trail, path.arn.text) }

  private mutating func add(
    _ id: PipelineNode.ID, _ label: String? = nil, _ state: PipelineNode.State? = nil,
    checkedAs subject: String? = nil
  ) {
    guard pipeline.node(id) == nil else { return }
    let label = PlainLine.make(label ?? AlertARN.label(id.name), limit: 120)
    let found = failing[subject ?? id.name].map(PipelineNode.State.broken) ?? state ?? .works
    pipeline.nodes.append(PipelineNode(id: id, label: label, state: found))
  }

  private mutating func join(
    _ from: PipelineNode.ID, _ to: PipelineNode.ID, _ verb: String, _ proven: Timestamp? = nil,
    _ proof: String, isAside: Bool = false
  ) {
    pipeline.edges.append(
      PipelineEdge(
        from: from, to: to, verb: verb, proven: proven, proof: proof, isAside: isAside))
  }

  /// A function, a stream, another's queue: whom it tells is not looked at.
  private mutating func drawBeyond(_ id: PipelineNode.ID) {
    add(id, nil, .unseen)
    let somebody = PipelineNode.ID(.human, "beyond \(id.name)")
    guard pipeline.node(somebody) == nil else { return }
    add(somebody, "whoever \(AlertARN.label(id.name)) tells", .unseen)
    join(id, somebody, "may tell", nil, "what is behind it is not looked at")
  }

  /// What was read decides; where nothing could be, why.
  private func state<Value>(_ reading: Reading<Value>) -> PipelineNode.State {
    switch reading {
    case .success: .works
    case .failure(let why): .unknown(why.detail)
    }
  }

  private mutating func drawTrail() {
    let status = path.status.value ?? nil
    let state: PipelineNode.State =
      switch path.status {
      case .success(let status?): status.isLogging ? .works : .broken("it does not log")
      case .success(nil): .broken("no such trail")
      case .failure(let why): .unknown(why.detail)
      }
    add(trailID, path.arn.name, state)
    let delivered = status?.latestDeliveryTime.flatMap { Timestamp($0) }
    let proof = delivered == nil ? "no delivery is told of" : "LatestDeliveryTime"
    if let bucket = path.trail.s3BucketName {
      let id = PipelineNode.ID(.bucket, bucket)
      add(id, bucket, .unseen)
      join(trailID, id, "writes to", delivered, proof)
      add(Self.watch, "the watch", .works)
      join(
        id, Self.watch, "is listed by", delivered, delivered == nil ? proof : "an object arrived")
    }
    if let key = path.trail.kmsKeyID {
      let id = PipelineNode.ID(.key, key)
      add(id, nil, .unseen)
      join(trailID, id, "encrypts with", delivered, proof)
    }
  }

  private mutating func drawGroup() {
    guard let group = path.group else { return }
    // As the trail names it, with whatever ending: other readings of the trail have it so.
    let id = PipelineNode.ID(.group, path.trail.logGroupARN ?? group.arn)
    let status = path.status.value ?? nil
    let delivered = status?.latestCloudWatchLogsDeliveryTime.flatMap { Timestamp($0) }
    let proof = delivered == nil ? "no delivery is told of" : "LatestCloudWatchLogsDeliveryTime"
    add(id, group.name, state(group.facts), checkedAs: group.arn)
    join(trailID, id, "sends to", delivered, proof)
    if let role = path.role {
      let roleID = PipelineNode.ID(.role, role.arn)
      add(roleID, role.name, state(role.facts))
      join(trailID, roleID, "writes as", delivered, proof)
    }
    for filter in group.filters.value ?? [] { drawFilter(filter, id) }
    for stream in group.streams.value ?? [] {
      let target = PipelineNode.ID(.target, stream.destinationARN)
      add(target, nil, .unseen)
      join(id, target, "streams to", nil, "deliveries of a stream are not recorded here")
    }
    for alarm in path.watchingAlarms where path.watchesIntake(alarm) { drawAlarm(alarm, id) }
  }

  private mutating func drawFilter(_ filter: FilterReading, _ group: PipelineNode.ID) {
    let id = PipelineNode.ID(.filter, filter.id)
    let calls = path.watchedCalls.map { filter.catches($0) }
    add(id, filter.filter.name)
    join(
      group, id, "is read by", nil,
      calls.contains(.yes) ? "a match is not recorded" : "it is not for changes of trails",
      isAside: calls.allSatisfy { $0 == .no })
    let counted = Set(filter.metrics)
    for alarm in path.watchingAlarms
    where (alarm.metrics + [alarm.metric].compactMap(\.self)).contains(where: counted.contains) {
      drawAlarm(alarm, id)
    }
  }

  private mutating func drawAlarm(_ alarm: MetricAlarm, _ from: PipelineNode.ID) {
    let id = PipelineNode.ID(.alarm, alarm.arn)
    let isNew = pipeline.node(id) == nil
    add(id, alarm.name)
    let updated = (alarm.stateTransitioned ?? alarm.stateUpdated).flatMap { Timestamp($0) }
    let hasData = alarm.state != "INSUFFICIENT_DATA"
    join(
      from, id, "counts for", hasData ? updated : nil,
      hasData ? "its change to \(alarm.state)" : "INSUFFICIENT_DATA")
    guard isNew else { return }
    let isRinging = alarm.state == "ALARM"
    drawActions(
      alarm.alarmActions, from: id, isRinging ? updated : nil,
      isRinging ? "its change to ALARM" : "it is \(alarm.state)")
    for above in path.composites where above.rule.contains("\"\(alarm.name)\"") {
      let aboveID = PipelineNode.ID(.alarm, above.arn)
      add(aboveID, above.name, above.isActionsEnabled ? .works : .broken("actions are disabled"))
      join(id, aboveID, "is part of", nil, "it is \(above.state)")
      drawActions(above.alarmActions, from: aboveID, nil, "it is \(above.state)")
    }
  }

  private mutating func drawActions(
    _ actions: [String], from: PipelineNode.ID, _ proven: Timestamp?, _ proof: String
  ) {
    for action in actions {
      let isTopic = AlertARN(action)?.service == "sns"
      let to = PipelineNode.ID(isTopic ? .topic : .target, action)
      if !isTopic { drawBeyond(to) }
      join(from, to, "notifies", proven, proof)
    }
  }

  /// EventBridge hears of calls only while a trail logs: its events come from the trail.
  private mutating func drawRules() {
    for rule in path.rules.value ?? [] {
      let id = PipelineNode.ID(.rule, rule.rule.arn)
      let catches = path.watchedCalls.map { rule.catches($0) }
      guard catches.contains(where: { $0 != .no }) || failing[rule.rule.arn] != nil else {
        continue
      }
      add(id, rule.rule.name)
      join(trailID, id, "is caught by", nil, "EventBridge hears only while the trail logs")
      for target in rule.targets.value ?? [] {
        let service = AlertARN(target.arn)?.service
        let kind: PipelineNode.Kind =
          service == "sns" ? .topic : service == "sqs" ? .queue : .target
        let to = PipelineNode.ID(kind, target.arn)
        if kind == .target { drawBeyond(to) }
        join(id, to, "sends to", nil, "deliveries of a rule are not recorded here")
      }
    }
  }

  private mutating func drawTopics() {
    for topic in path.topics.values.sorted(by: { $0.arn < $1.arn }) {
      let id = PipelineNode.ID(.topic, topic.arn)
      add(id, nil, state(topic.facts))
      for one in topic.subscriptions.value ?? [] { drawSubscription(one, id) }
    }
  }

  private mutating func drawSubscription(_ one: TopicSubscription, _ topic: PipelineNode.ID) {
    let hearer = Hearer(one)
    let name = one.isConfirmed ? one.arn : "\(topic.name):\(hearer.label)"
    let id = PipelineNode.ID(.subscription, name)
    add(id, hearer.label, one.isConfirmed ? .works : .broken("never confirmed"))
    join(
      topic, id, "delivers to", nil,
      one.isConfirmed ? "confirmed; deliveries are not recorded" : "never confirmed")
    let to: PipelineNode.ID
    if one.transport == "sqs" {
      to = PipelineNode.ID(.queue, one.endpoint)
    } else {
      to = PipelineNode.ID(
        hearer.isHuman ? .human : .target, hearer.isHuman ? hearer.label : one.endpoint)
      if hearer.isHuman { add(to, hearer.label, .works) } else { drawBeyond(to) }
    }
    join(id, to, "reaches", nil, "nobody tells whether it is read")
  }

  private mutating func drawQueues() {
    for queue in path.queues.values.sorted(by: { $0.arn < $1.arn }) {
      let id = PipelineNode.ID(.queue, queue.arn)
      add(id, nil, state(queue.facts))
      guard queue.arn == path.ownQueue else {
        if !queue.isGone { drawBeyond(id) }
        continue
      }
      add(Self.watch, "the watch", .works)
      join(id, Self.watch, "is read by", nil, "what it reads is in the journal")
    }
  }
}
