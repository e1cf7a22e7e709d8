import CloudAPI
import Foundation
import WatchCore

/// Asks a tenant what there is to watch. It reads, and never writes; what is denied is said and left
/// out. Bounded: some ten calls a subscription.
public struct AzureFinder: Sendable {
  let client: AzureClient
  /// Subscriptions that are asked at once, and how many at most.
  private static let width = 4
  static let most = 100
  /// Key Vaults of a subscription whose settings are read.
  static let mostVaults = 10

  public init(client: AzureClient) {
    self.client = client
  }

  /// - Throws: where not even the subscriptions can be listed: there is nothing to begin with.
  public func find(at now: Timestamp) async throws(CloudError) -> AzureFindings {
    let identity = try await client.identity()
    var findings = AzureFindings(
      who: identity.objectID ?? identity.appID, tenant: identity.tenantID)
    let all = try await client.subscriptions()
    let usable = all.filter { $0.state?.lowercased() != "disabled" && ARMID.guid($0.id) != nil }
    if usable.count < all.count {
      findings.unseen.append("\(all.count - usable.count) subscriptions are disabled: left out")
    }
    if usable.count > Self.most {
      findings.unseen.append("\(usable.count - Self.most) subscriptions beyond \(Self.most)")
    }
    let seen = await InTurns.run(Array(usable.prefix(Self.most)), width: Self.width) { one in
      await self.look(one)
    }
    for (subscription, unseen) in seen {
      findings.subscriptions.append(subscription)
      findings.unseen += unseen
    }
    await measure(&findings, now)
    return findings
  }

  private func look(
    _ found: AzureSubscription
  ) async -> (AzureFindings.Subscription, [String]) {
    let id = found.id.lowercased()
    var subscription = AzureFindings.Subscription(id: id, name: found.name)
    var unseen: [String] = []
    do throws(CloudError) {
      subscription.settings = try await client.diagnosticSettings(subscription: id)
    } catch {
      unseen.append("diagnostic settings of \(id): \(error.plain)")
    }
    do throws(CloudError) {
      let vaults = try await client.resources(
        subscription: id, filter: "resourceType eq 'Microsoft.KeyVault/vaults'")
      if vaults.count > Self.mostVaults {
        unseen.append("\(vaults.count - Self.mostVaults) more Key Vaults of \(id)")
      }
      for vault in vaults.prefix(Self.mostVaults) {
        do throws(CloudError) {
          subscription.vaults.append(try await self.vault(vault.id))
        } catch {
          unseen.append("diagnostic settings of vault \(vault.id.name): \(error.plain)")
        }
      }
    } catch {
      unseen.append("Key Vaults of \(id): \(error.plain)")
    }
    return (subscription, unseen)
  }

  private func vault(_ id: AzureID) async throws(CloudError) -> AzureFindings.Vault {
    let setting = try await client.diagnosticSettings(of: id).first { setting in
      setting.workspaceID != nil
        && (setting.enabledCategories.contains { $0.lowercased() == "auditevent" }
          || setting.enabledGroups.contains { ["audit", "alllogs"].contains($0.lowercased()) })
    }
    return AzureFindings.Vault(
      id: id, workspace: setting?.workspaceID,
      table: setting?.destinationType?.lowercased() == "dedicated"
        ? "AZKVAuditLogs" : "AzureDiagnostics")
  }

  /// How long the vaults' logs were quiet: their expectations have no second witness.
  private func measure(_ findings: inout AzureFindings, _ now: Timestamp) async {
    var customers: [AzureID: String] = [:]
    for at in findings.subscriptions.indices {
      for index in findings.subscriptions[at].vaults.indices {
        let vault = findings.subscriptions[at].vaults[index]
        guard let workspace = vault.workspace else { continue }
        do throws(CloudError) {
          if customers[workspace] == nil {
            customers[workspace] = try await client.workspace(workspace).customerID ?? ""
          }
          findings.subscriptions[at].vaults[index].pause = try await pause(
            vault, customers[workspace] ?? "", now)
        } catch {
          findings.unseen.append("records of vault \(vault.id.name): \(error.plain)")
        }
      }
    }
  }

  private func pause(
    _ vault: AzureFindings.Vault, _ workspace: String, _ now: Timestamp
  ) async throws(CloudError) -> LongestPause? {
    guard let id = ARMID(vault.id.text)?.text else { return nil }
    let query =
      "\(vault.table) | where _ResourceId =~ \"\(id)\""
      + " | summarize Records = count() by Slot = bin(TimeGenerated, 5m)"
    let table: LogTable
    do {
      table = try await client.query(
        workspace: workspace, query, tables: [vault.table], columns: ["Slot"],
        hours: Int(LongestPause.lately.wholeSeconds) / 3600)
    } catch  where error.unknownTable != nil {
      return nil
    }
    let times = table.rows.compactMap { $0.date("Slot") }
      .map { Timestamp(millis: Int64($0.timeIntervalSince1970 * 1000)) }
    return LongestPause(times, from: now - LongestPause.lately, to: now, isWhole: true)
  }
}
