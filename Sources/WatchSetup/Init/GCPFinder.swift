import CloudAPI
import Foundation
import WatchCore

/// Asks Google Cloud what there is to watch. It reads, and never writes; what is denied is said and
/// left out. Bounded: some six calls a project, within the quota of entries.list.
public struct GCPFinder: Sendable {
  let client: GCPClient
  /// Projects that are asked at once, and how many at most.
  private static let width = 4
  static let most = 50
  /// Entries that a pause is measured on.
  private static let mostEntries = 1_000

  public init(client: GCPClient) {
    self.client = client
  }

  /// - Throws: where not even the projects can be listed: there is nothing to begin with.
  public func find(at now: Timestamp) async throws(CloudError) -> GCPFindings {
    var findings = GCPFindings(
      who: try await client.credentialSource(), project: try client.surroundingProject())
    let usable = try await client.visibleProjects().filter { project in
      project.isActive && GoogleName.isProject(project.id)
    }
    if usable.count > Self.most {
      findings.unseen.append("\(usable.count - Self.most) projects beyond \(Self.most)")
    }
    let seen = await InTurns.run(Array(usable.prefix(Self.most)), width: Self.width) { one in
      await self.look(one, now)
    }
    for (project, unseen) in seen {
      findings.projects.append(project)
      findings.unseen += unseen
    }
    return findings
  }

  private func look(
    _ found: GCPProject, _ now: Timestamp
  ) async -> (GCPFindings.Project, [String]) {
    var project = GCPFindings.Project(id: found.id, name: found.displayName)
    let parent = GCPParent.project(found.id)
    var unseen: [String] = []
    do throws(CloudError) {
      project.sinks = try await client.sinks(of: parent, inherited: true)
      project.exclusions = try await client.exclusions(of: parent)
    } catch {
      unseen.append("sinks of \(found.id): \(error.plain)")
    }
    do throws(CloudError) {
      project.audited = try await client.accessPolicy(of: parent).auditConfigs.map(\.service)
    } catch {
      unseen.append("audit configs of \(found.id): \(error.plain)")
    }
    do throws(CloudError) {
      project.metrics = try await client.logMetrics(project: found.id)
        .filter { $0.filter.contains("cloudaudit.googleapis.com") && GoogleName.isMetric($0.name) }
        .map(\.name)
    } catch {
      unseen.append("log-based metrics of \(found.id): \(error.plain)")
    }
    do throws(CloudError) {
      project.pause = try await pause(parent, now)
    } catch {
      unseen.append("entries of \(found.id): \(error.plain)")
    }
    return (project, unseen)
  }

  /// How long Admin Activity was quiet: its expectation has no second witness.
  private func pause(
    _ parent: GCPParent, _ now: Timestamp
  ) async throws(CloudError) -> LongestPause? {
    let from = now - LongestPause.lately
    let query = LogQuery(
      logs: [.activity], since: Date(timeIntervalSince1970: Double(from.millis) / 1000))
    let found = try await client.entries(in: .parent(parent), query, most: Self.mostEntries)
    let times = found.entries.compactMap { $0.timestamp }
      .map { Timestamp(millis: Int64($0.timeIntervalSince1970 * 1000)) }
    return LongestPause(times, from: from, to: now, isWhole: found.isComplete)
  }
}
