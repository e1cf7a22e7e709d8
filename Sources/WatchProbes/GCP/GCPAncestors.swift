import CloudAPI
import WatchCore

/// What stands above a project or folder.
enum GCPAncestors {
  /// Folders may be nested ten deep.
  private static let limit = 12

  /// As far as it may be seen: a folder that is refused ends the way; what fails otherwise is asked for
  /// again.
  static func read(_ place: GCPParent, _ client: GCPClient) async throws(Blindness) -> [GCPParent] {
    var above: [GCPParent] = []
    var next = try await parent(of: place, client)
    while let found = next, above.count < limit, !above.contains(found) {
      above.append(found)
      do throws(Blindness) {
        next = try await parent(of: found, client)
      } catch {
        guard error.kind == .denied else { throw error }
        next = nil
      }
    }
    return above
  }

  private static func parent(
    of place: GCPParent, _ client: GCPClient
  ) async throws(Blindness) -> GCPParent? {
    try await blindly { () async throws(CloudError) in
      switch place {
      case .project(let id): try await client.project(id).parent
      case .folder(let id): try await client.folder(id).parent
      case .organization, .billingAccount: nil
      }
    }
  }
}
