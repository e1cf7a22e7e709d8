import CloudAPI
import Testing
import WatchCore

@testable import WatchSetup

/// What the configuration says is what the clients get.
struct CloudAccessTests {
  @Test func azuresSettingsAreTaken() {
    let account = CloudAccount(
      cloud: .azure, name: "d",
      azure: AzureAccount(
        tenant: "t", cloud: "china", credential: "managed", client: "c",
        endpoints: [
          "authority": "https://a", "resource_manager": "https://r", "logs": "https://l",
          "blob": "https://b", "queue": "https://q", "metadata": "http://127.0.0.1:1",
        ]))
    let access = AzureAccess(
      account, environment: ["AZURE_FEDERATED_TOKEN_FILE": "/f", "A": "b"], home: "/home/m")
    #expect(access.cloud == .china)
    #expect(access.tenantID == "t")
    #expect(access.clientID == "c")
    #expect(access.source == .managedIdentity)
    #expect(access.environment == ["A": "b"])
    #expect(access.homeDirectory == "/home/m")
    #expect(access.overrides.authority == "https://a")
    #expect(access.overrides.resourceManager == "https://r")
    #expect(access.overrides.logs == "https://l")
    #expect(access.overrides.blob == "https://b")
    #expect(access.overrides.queue == "https://q")
    #expect(access.overrides.metadata == "http://127.0.0.1:1")
  }

  @Test(
    arguments: [
      (nil, nil, ["AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH"]),
      ("secret", .environment, ["AZURE_CLIENT_SECRET"]),
      ("certificate", .environment, ["AZURE_CLIENT_CERTIFICATE_PATH"]),
      ("workload", .workloadIdentity, ["AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH"]),
      ("cli", .cli, ["AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH"]),
    ] as [(String?, AzureAccess.Source?, [String])])
  func oneKindOfSignInAndNoOther(
    _ credential: String?, _ source: AzureAccess.Source?, _ seen: [String]
  ) {
    let account = CloudAccount(
      cloud: .azure, name: "d", azure: AzureAccount(credential: credential))
    let environment = ["AZURE_CLIENT_SECRET": "s", "AZURE_CLIENT_CERTIFICATE_PATH": "/c"]
    let access = AzureAccess(account, environment: environment, home: "/")
    #expect(access.source == source)
    #expect(Set(access.environment.keys) == Set(seen))
    // Left to the environment's authority host.
    #expect(access.cloud == nil)
  }

  /// Every word that the reader takes is understood.
  @Test func everyWordIsUnderstood() {
    for word in AzureAccount.clouds { #expect(AzureCloud.named(word)?.name == word) }
    for word in AzureAccount.credentials {
      let account = CloudAccount(cloud: .azure, name: "d", azure: AzureAccount(credential: word))
      #expect(AzureAccess(account, environment: [:], home: "/").source != nil, "\(word)")
    }
  }

  @Test func googlesSettingsAreTaken() {
    let endpoints = Dictionary(
      uniqueKeysWithValues: GCPAccount.endpointNames.map { ($0, "http://127.0.0.1:5000/\($0)") })
    let account = CloudAccount(
      cloud: .gcp, name: "g",
      gcp: GCPAccount(
        credential: "~/k.json", impersonate: "w@x.y", quotaProject: "acme-1", endpoints: endpoints))
    let access = GCPAccess(account, environment: ["A": "b"], home: "/home/m")
    #expect(access.source == .file("~/k.json"))
    #expect(access.impersonate == "w@x.y")
    #expect(access.quotaProject == "acme-1")
    #expect(access.endpoints.count == GCPService.allCases.count)
    #expect(access.endpoints[.resourceManager] == "http://127.0.0.1:5000/resource_manager")
    #expect(
      access.environment == [
        "A": "b", "CLOUDSDK_AUTH_TOKEN_HOST": "http://127.0.0.1:5000/token",
        "GCE_METADATA_HOST": "127.0.0.1:5000",
      ])
  }

  @Test(
    arguments: [
      (nil, .automatic), ("gcloud", .gcloud), ("metadata", .metadata), ("/k", .file("/k")),
    ] as [(String?, GCPAccess.Source)])
  func googlesCredentialIsOneKind(_ word: String?, _ source: GCPAccess.Source) {
    let account = CloudAccount(cloud: .gcp, name: "g", gcp: GCPAccount(credential: word))
    #expect(GCPAccess(account, environment: [:], home: "/").source == source)
  }
}
