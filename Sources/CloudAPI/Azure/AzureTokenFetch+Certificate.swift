extension AzureTokenFetch {
  /// Not yet: signing needs a private key.
  func assertion(
    _ id: AzureClientID, _ path: String, _ settings: AzureSettings
  ) throws(CloudError) -> [(name: String, value: String)] {
    throw .signIn(
      .badSetting(
        source: "environment", setting: "AZURE_CLIENT_CERTIFICATE_PATH",
        reason: "certificates cannot be used here; a client secret, workload identity, a managed "
          + "identity and the Azure CLI can"))
  }
}
