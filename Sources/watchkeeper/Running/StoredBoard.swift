import WatchCore
import WatchEngine
import WatchJournal

/// What can be said of the clouds from another watch's stored sightings.
enum StoredBoard {
  /// All three clouds. Sightings that are old, or from a clock ahead of ours, prove nothing: their
  /// paths are blind.
  static func clouds(
    _ stored: ObservationStore.Stored?, _ picture: Picture, at now: Timestamp
  ) -> [CloudStatus] {
    let paths = (stored?.paths ?? []).map { path in
      var path = path
      let looked = path.looked ?? stored?.at ?? now
      let stale = Engine.staleAfter(path.id.kind)
      if path.state != .off, now - looked > stale || looked > now + .minutes(1) {
        (path.state, path.since) = (.blind, min(looked + stale, now))
        path.reason = "last look \(looked.iso)"
      }
      return path
    }
    return Cloud.allCases.map { cloud in
      let own = paths.filter { $0.id.source.cloud == cloud }
      return CloudStatus(
        cloud: cloud, accounts: Set(own.map(\.id.source.account)).sorted(), paths: own,
        open: picture.open(on: cloud)
      ).unlessNothingRecords(picture)
    }
  }
}
