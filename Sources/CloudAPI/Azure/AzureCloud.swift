/// One of Microsoft's separate clouds: its own sign-in, endpoints and audiences.
/// (azure-core `get_arm_endpoints`; "Access the Log Analytics API", sovereign clouds.)
public struct AzureCloud: Sendable, Equatable {
  /// `public`, `usgovernment`, `china`.
  public var name: String
  /// `https://login.microsoftonline.com`
  public var authority: String
  public var resourceManager: String
  public var resourceManagerAudience: String
  public var logs: String
  public var logsAudience: String
  /// `core.windows.net`: a storage account's hosts end with it.
  public var storageSuffix: String
  public var storageAudience: String

  public static let `public` = AzureCloud(
    name: "public", authority: "https://login.microsoftonline.com",
    resourceManager: "https://management.azure.com",
    resourceManagerAudience: "https://management.azure.com/",
    logs: "https://api.loganalytics.azure.com", logsAudience: "https://api.loganalytics.io",
    storageSuffix: "core.windows.net", storageAudience: "https://storage.azure.com/")

  public static let usGovernment = AzureCloud(
    name: "usgovernment", authority: "https://login.microsoftonline.us",
    resourceManager: "https://management.usgovcloudapi.net",
    resourceManagerAudience: "https://management.usgovcloudapi.net/",
    logs: "https://api.loganalytics.us", logsAudience: "https://api.loganalytics.us",
    storageSuffix: "core.usgovcloudapi.net", storageAudience: "https://storage.azure.com/")

  public static let china = AzureCloud(
    name: "china", authority: "https://login.chinacloudapi.cn",
    resourceManager: "https://management.chinacloudapi.cn",
    resourceManagerAudience: "https://management.chinacloudapi.cn/",
    logs: "https://api.loganalytics.azure.cn", logsAudience: "https://api.loganalytics.azure.cn",
    storageSuffix: "core.chinacloudapi.cn", storageAudience: "https://storage.azure.com/")

  public static let all: [AzureCloud] = [.public, .usGovernment, .china]

  /// By our names, the CLI's (`AzureUSGovernment`) and the SDKs' (`AZURE_CHINA_CLOUD`), without
  /// regard to case. Nil for others.
  public static func named(_ name: String) -> AzureCloud? {
    switch name.lowercased().filter({ $0 != "_" && $0 != "-" }) {
    case "public", "azurecloud", "azurepubliccloud": .public
    case "usgovernment", "usgov", "azureusgovernment", "azureusgovernmentcloud": .usGovernment
    case "china", "azurechinacloud": .china
    default: nil
    }
  }

  /// The cloud whose sign-in is at that host; nil for a host of nobody's.
  static func of(authorityHost host: String) -> AzureCloud? {
    if host == "login.partner.microsoftonline.cn" { return .china }
    if host == "login.windows.net" { return .public }
    return all.first { URLParts($0.authority)?.host == host }
  }
}
