import WatchCore

extension PostureSighting {
  var json: JSON {
    .facts([("checks", .array(checks.map(\.json))), ("pipeline", pipeline.json)])
  }

  init(json: JSON) {
    self.init(
      checks: (json["checks"]?.array ?? []).compactMap(PostureCheck.init(json:)),
      pipeline: json["pipeline"].map(Pipeline.init(json:)) ?? Pipeline())
  }
}

extension PostureCheck {
  fileprivate var json: JSON {
    let (word, why): (String, Blindness?) =
      switch verdict {
      case .holds: ("holds", nil)
      case .fails: ("fails", nil)
      case .unknown(let why): ("unknown", why)
      case .info: ("info", nil)
      case .none: ("none", nil)
      }
    return .facts([
      ("rule", .string(rule)), ("subject", .string(subject)), ("verdict", .string(word)),
      ("why", why?.json), ("seen", .string(seen)), ("raw", raw.map(JSON.string)),
    ])
  }

  /// A verdict that is not known here is no pass.
  fileprivate init?(json: JSON) {
    guard let rule = json["rule"]?.string, let subject = json["subject"]?.string else { return nil }
    let verdict: Verdict
    switch json["verdict"]?.string {
    case "holds": verdict = .holds
    case "fails": verdict = .fails
    case "info": verdict = .info
    case "none": verdict = .none
    default:
      let unread = Blindness(kind: .unreadable, detail: "the stored verdict cannot be read")
      verdict = .unknown(json["why"].flatMap(Blindness.init(json:)) ?? unread)
    }
    self.init(
      rule: rule, subject: subject, verdict: verdict, seen: json["seen"]?.string ?? "",
      raw: json["raw"]?.string)
  }
}

extension Blindness {
  var json: JSON { .facts([("kind", .string(kind.rawValue)), ("detail", .string(detail))]) }

  init?(json: JSON) {
    guard let kind = json["kind"]?.string.flatMap(Kind.init), let detail = json["detail"]?.string
    else { return nil }
    self.init(kind: kind, detail: detail)
  }
}

extension Pipeline {
  fileprivate var json: JSON {
    .facts([("nodes", .array(nodes.map(\.json))), ("edges", .array(edges.map(\.json)))])
  }

  fileprivate init(json: JSON) {
    self.init(
      nodes: (json["nodes"]?.array ?? []).compactMap(PipelineNode.init(json:)),
      edges: (json["edges"]?.array ?? []).compactMap(PipelineEdge.init(json:)))
  }
}

extension PipelineNode.ID {
  fileprivate var json: JSON { .array([.string(kind.rawValue), .string(name)]) }

  fileprivate init?(json: JSON) {
    guard let pair = json.array, pair.count == 2,
      let kind = pair[0].string.flatMap(PipelineNode.Kind.init), let name = pair[1].string
    else { return nil }
    self.init(kind, name)
  }
}

extension PipelineNode {
  fileprivate var json: JSON {
    let (word, why): (String, String?) =
      switch state {
      case .works: ("works", nil)
      case .broken(let why): ("broken", why)
      case .unknown(let why): ("unknown", why)
      case .unseen: ("unseen", nil)
      }
    return .facts([
      ("id", id.json), ("label", .string(label)), ("state", .string(word)),
      ("why", why.map(JSON.string)),
    ])
  }

  fileprivate init?(json: JSON) {
    guard let id = json["id"].flatMap(ID.init(json:)) else { return nil }
    let why = json["why"]?.string ?? ""
    let state: State =
      switch json["state"]?.string {
      case "works": .works
      case "broken": .broken(why)
      case "unseen": .unseen
      default: .unknown(why)
      }
    self.init(id: id, label: json["label"]?.string ?? id.name, state: state)
  }
}

extension PipelineEdge {
  fileprivate var json: JSON {
    .facts([
      ("from", from.json), ("to", to.json), ("verb", .string(verb)),
      ("proven", proven.map { .string($0.iso) }), ("proof", .string(proof)),
      ("aside", isAside ? true : nil),
    ])
  }

  fileprivate init?(json: JSON) {
    guard let from = json["from"].flatMap(PipelineNode.ID.init(json:)),
      let to = json["to"].flatMap(PipelineNode.ID.init(json:))
    else { return nil }
    self.init(
      from: from, to: to, verb: json["verb"]?.string ?? "", proven: json["proven"]?.time,
      proof: json["proof"]?.string ?? "", isAside: json["aside"]?.bool ?? false)
  }
}
