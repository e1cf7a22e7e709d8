import CloudAPI
import WatchCore

/// "Who can mute me?": the parts from a subscription's settings to a human.
extension AzureAlertPath {
  var pipeline: Pipeline {
    var drawing = AzureDrawing(path: self)
    drawing.draw()
    return Pipeline().merged(with: drawing.pipeline)
  }
}

struct AzureDrawing {
  let path: AzureAlertPath
  private(set) var pipeline = Pipeline()
  /// The verdicts that say whether a part works.
  private let failing: [String: String]

  init(path: AzureAlertPath) {
    self.path = path
    let breaking = path.checks.filter { check in
      check.verdict == .fails && PostureCatalogue.rule(check.rule)?.breaksNow == true
    }
    failing = Dictionary(
      breaking.map { ($0.subject, $0.seen) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func draw() {
    for setting in path.settings.value ?? [] {
      let id = PipelineNode.ID(.setting, setting.id.lowercased)
      add(id, setting.name, .unseen)
      // These hear of the setting's own end: from the Activity Log, which nobody can switch off.
      for alert in path.fittingAlerts {
        join(
          id, PipelineNode.ID(.rule, alert.id.lowercased), "is guarded by",
          "it fires on the Activity Log itself",
          isAside: alert.catches(AzureAlertPath.deletion, path.settingIDs) == .no)
      }
      if path.queue != nil { drawFeeds(id) }
    }
    for alert in path.fittingAlerts { drawRule(alert.id, alert.name, alert.actionGroups) }
    for rule in path.fittingQueries {
      if let workspace = path.workspace {
        let from = PipelineNode.ID(.workspace, workspace.lowercased)
        add(from, workspace.name, .unseen)
        join(
          from, PipelineNode.ID(.rule, rule.id.lowercased), "is searched by", "a match is not told")
      }
      drawRule(rule.id, rule.name, rule.actionGroups)
    }
    for id in path.missingRules {
      add(PipelineNode.ID(.rule, id.lowercased), id.name, .broken("no such alert rule"))
    }
    for rule in path.processing.value ?? [] where failing[rule.id.lowercased] != nil {
      add(PipelineNode.ID(.rule, rule.id.lowercased), rule.name, .works, isChecked: false)
    }
  }

  private mutating func add(
    _ id: PipelineNode.ID, _ label: String, _ state: PipelineNode.State = .works,
    isChecked: Bool = true
  ) {
    guard pipeline.node(id) == nil else { return }
    let found = isChecked ? failing[id.name].map(PipelineNode.State.broken) ?? state : state
    pipeline.nodes.append(
      PipelineNode(id: id, label: PlainLine.make(label, limit: 120), state: found))
  }

  private mutating func join(
    _ from: PipelineNode.ID, _ to: PipelineNode.ID, _ verb: String, _ proof: String,
    isAside: Bool = false
  ) {
    pipeline.edges.append(
      PipelineEdge(from: from, to: to, verb: verb, proof: proof, isAside: isAside))
  }

  private mutating func drawRule(_ rule: AzureID, _ name: String, _ actions: [AzureID]) {
    let id = PipelineNode.ID(.rule, rule.lowercased)
    add(id, name)
    for action in actions {
      let to = PipelineNode.ID(.actions, action.lowercased)
      join(id, to, "notifies", "notices are not recorded here")
      drawGroup(action, to)
    }
  }

  private mutating func drawGroup(_ action: AzureID, _ id: PipelineNode.ID) {
    guard pipeline.node(id) == nil else { return }
    switch path.groups[action] {
    case .success(let group?)?:
      add(id, group.name)
      for receiver in group.receivers { drawReceiver(receiver, id) }
    case .success(nil)?: add(id, action.name, .broken("no such action group"))
    case .failure(let why)?: add(id, action.name, .unknown(why.detail))
    case nil: add(id, action.name, .unseen)
    }
  }

  private mutating func drawReceiver(_ receiver: ActionGroup.Receiver, _ group: PipelineNode.ID) {
    let who = AzureReceiver(receiver)
    let state: PipelineNode.State = receiver.isOff ? .broken("unsubscribed") : .works
    if who.isHuman {
      let id = PipelineNode.ID(.human, who.label)
      add(id, who.label, state, isChecked: false)
      join(group, id, "tells", "nobody tells whether it is read")
      return
    }
    let id = PipelineNode.ID(.target, who.label)
    let somebody = PipelineNode.ID(.human, "beyond \(who.label)")
    add(id, who.label, .unseen)
    add(somebody, "whoever \(who.label) tells", .unseen)
    join(group, id, "calls", "what it does is not looked at")
    join(id, somebody, "may tell", "what is behind it is not looked at")
  }

  private mutating func drawFeeds(_ setting: PipelineNode.ID) {
    guard let queue = path.queue else { return }
    let account = path.feeds?.value?.first { $0.isFor(queue) }?.queueAccountID
    let arm = account?.appending("queueServices/default/queues/\(queue.queue)")
    let to = PipelineNode.ID(.queue, arm?.lowercased ?? "\(queue.account)/\(queue.queue)")
    for feed in path.feeds?.value ?? [] where feed.isFor(queue) {
      let id = PipelineNode.ID(.subscription, feed.id.lowercased)
      let why = feed.why(about: path.scope, at: path.now)
      add(id, feed.name, why.map { .broken($0) } ?? .works)
      join(setting, id, "is guarded by", "Event Grid hears of it from Resource Manager")
      join(id, to, "pushes to", "what came is in the journal")
    }
    add(to, queue.queue)
    add(AzureAlertPath.watch, "the watch")
    join(to, AzureAlertPath.watch, "is read by", "what it reads is in the journal")
  }
}
