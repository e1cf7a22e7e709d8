import CloudAPI
import WatchCore

/// Who can come to the account, and by which key it is encrypted.
extension ArchiveView {
  func addAccess(_ account: StorageAccount, _ sheet: inout PostureSheet) {
    let isOpen = account.networkDefault?.lowercased() != "deny"
    let bypass = account.networkBypass ?? "AzureServices"
    let letsServices = bypass.lowercased().contains("azureservices")
    sheet.add(
      "azure.archive.network", if: isOpen || letsServices,
      isOpen ? "no firewall" : "its firewall lets \(bypass) in",
      else: "its firewall lets \(bypass) in, and no Azure service")
    let tls = account.minimumTLS ?? "TLS1_0"
    let isNew = !["tls1_0", "tls1_1"].contains(tls.lowercased())
    let https = account.httpsOnly.map { $0 ? "https alone" : "http too" } ?? "http not told of"
    sheet.add(
      "azure.archive.tls", if: account.httpsOnly == true && isNew, "\(https), \(tls)",
      else: "\(https), \(tls)")
    sheet.add(
      "azure.archive.public-allowed", if: account.allowsBlobPublicAccess == false, "refused",
      else: account.allowsBlobPublicAccess == nil ? "allowed, by default" : "allowed")
    // What Azure leaves out is allowed.
    sheet.add(
      "azure.archive.shared-keys", if: account.allowsSharedKey == false, "refused",
      else: account.allowsSharedKey == nil ? "allowed, by default" : "allowed")
  }

  func addKey(_ sheet: inout PostureSheet) {
    guard let key else {
      return sheet.add("azure.archive.key", .none, "Microsoft's own keys")
    }
    if let why = key.blindness, why.kind == .elsewhere {
      return sheet.add("azure.archive.key", .none, why.detail)
    }
    sheet.judge("azure.archive.key", by: key) { sheet, found in
      let rule = "azure.archive.key"
      guard let key = found.key else {
        return sheet.add(rule, .fails, "no such key in \(found.vault.name)")
      }
      let ends = key.expires.flatMap { Timestamp($0) }
      let begins = key.notBefore.flatMap { Timestamp($0) }
      if key.isEnabled == false {
        sheet.add(rule, .fails, "\(key.name) is disabled")
      } else if let ends, ends <= now {
        sheet.add(rule, .fails, "\(key.name) ran out on \(ends.date)")
      } else if let begins, begins > now {
        sheet.add(rule, .fails, "\(key.name) is not valid before \(begins.date)")
      } else {
        sheet.add(rule, .holds, "\(key.name)\(ends.map { ", until \($0.date)" } ?? "")")
      }
    }
  }
}
