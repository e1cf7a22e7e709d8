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
    let paths = (stored?.paths ?? []).map { $0.judged(seen: stored?.at, at: now) }
    return Cloud.allCases.map { cloud in
      let own = paths.filter { $0.id.source.cloud == cloud }
      return CloudStatus(
        cloud: cloud, accounts: Set(own.map(\.id.source.account)).sorted(), paths: own,
        open: picture.open(on: cloud)
      ).unlessNothingRecords(picture)
    }
  }
}
