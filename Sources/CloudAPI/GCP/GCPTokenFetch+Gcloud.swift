import Foundation

extension GCPTokenFetch {
  /// The token of who is signed in to gcloud, which does not say when it ends: one that ends before
  /// we think is noticed by the API's 401 and asked for again.
  func gcloud() async throws(CloudError) -> BearerToken {
    let source = "gcloud"
    var environment = access.environment
    environment["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1"
    let output: [UInt8]
    do {
      output = try await run.output(["gcloud", "auth", "print-access-token"], environment)
    } catch {
      switch error {
      case .notStarted(let reason), .killed(let reason): throw failed(source, reason)
      case .exited(let status):
        throw failed(source, "it ended with status \(status): is anybody signed in?")
      }
    }
    let text = String(validating: output.prefix(64 << 10), as: UTF8.self)?
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard let text, BearerToken.isUsable(text) else {
      throw failed(source, "its output is not one token")
    }
    let expires = exchange.clock.now().addingTimeInterval(Self.gcloudSeconds)
    return BearerToken(text: Secret(text), expires: expires, source: source)
  }

  /// How long such a token is kept, in seconds: short, so that gcloud's own renewal is noticed.
  private static let gcloudSeconds = 1_800.0
}
