import WatchCore

extension Engine {
  /// How the pipeline around a source is set up.
  mutating func take(_ posture: PostureSighting, on path: PathID) {
    knowledge.postures[path] = posture
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: nil)
  }

  /// What was last seen of each source's set-up, of all its posture paths together.
  public func postures() -> [SourceID: PostureSighting] {
    var all: [SourceID: PostureSighting] = [:]
    for (path, seen) in knowledge.postures.sorted(by: { $0.key < $1.key }) {
      guard let known = all[path.source] else {
        all[path.source] = seen
        continue
      }
      all[path.source] = PostureSighting(
        checks: known.checks + seen.checks, pipeline: known.pipeline.merged(with: seen.pipeline))
    }
    return all
  }

  public var echoes: [PathID: EchoSighting] { knowledge.echoes }
}
