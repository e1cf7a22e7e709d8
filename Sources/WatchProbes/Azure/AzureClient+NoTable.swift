import CloudAPI
import WatchCore

/// A table that may not be read is refused in the words for one that is not there: a query knows of
/// neither. So the workspace itself is asked whether it has it.
extension AzureClient {
  /// Returns where a query failed since the workspace has no such table: nothing ever came. Throws why
  /// nobody can say so.
  ///
  /// - Parameter name: what the query calls it, where that is no table's name but a function's.
  func needsNoTable(
    _ table: String, as name: String? = nil, of workspace: AzureID, _ error: CloudError
  ) async throws(Blindness) {
    let names = [table, name].compactMap { $0?.lowercased() }
    guard let unknown = error.unknownTable?.lowercased(), names.contains(unknown) else {
      throw Blindness(error)
    }
    let found = try await blindly { () async throws(CloudError) in
      try await self.table(table, workspace: workspace)
    }
    if found != nil {
      throw Blindness(
        kind: .denied, detail: "Query - Execute: \(table) is there, and may not be read")
    }
  }

  /// The same, for a check.
  func reading<Value: Sendable>(
    _ error: CloudError, noTable table: String, _ name: String? = nil, of workspace: AzureID,
    _ nothing: Value
  ) async -> Reading<Value> {
    do throws(Blindness) {
      try await needsNoTable(table, as: name, of: workspace, error)
      return .success(nothing)
    } catch {
      return .failure(error)
    }
  }
}
