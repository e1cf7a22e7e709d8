import Foundation
import Transfer

extension GCPTokenFetch {
  /// The service account of the machine, pod or job (Compute Engine, "Authenticate applications").
  /// Plain http by design, never through a proxy; what answers must say that it is that server.
  func metadata(_ scopes: String, isLastResort: Bool) async throws(CloudError) -> BearerToken {
    let source = "the metadata server"
    let since = exchange.clock.now()
    var call = TokenCall(
      "GetMetadataToken", url: try metadataAddress(scopes), audience: nil, dialect: .googleAgent)
    call.headers = [HTTPHeader("Metadata-Flavor", "Google")]
    call.allowPlain = true
    call.tries = isLastResort ? 1 : 3
    call.limits = metadataLimits
    let answer: TokenAnswer
    do {
      answer = try await exchange.answer(to: call)
    } catch {
      guard let status = error.answered?.status else { throw error }
      throw failed(
        source,
        status == 404 ? "this machine has no service account" : "it answered with HTTP \(status)")
    }
    guard answer.response.header("Metadata-Flavor") == "Google" else {
      throw failed(source, "what answers at its address is something else")
    }
    return try token(try answer.members(), source: source, since: since)
  }

  /// GCE_METADATA_HOST (`host[:port]`; GCE_METADATA_ROOT in older programs).
  private func metadataAddress(_ scopes: String) throws(CloudError) -> String {
    let setting =
      access.variable("GCE_METADATA_HOST").map { ("GCE_METADATA_HOST", $0) }
      ?? access.variable("GCE_METADATA_ROOT").map { ("GCE_METADATA_ROOT", $0) }
    let host = setting?.1 ?? "metadata.google.internal"
    guard let parts = URLParts("http://\(host)"), parts.path.isEmpty, parts.query == nil else {
      throw .signIn(
        .badSetting(
          source: "environment", setting: setting?.0 ?? "", reason: "it is not a host and port"))
    }
    // Scopes are given with commas here.
    let list = scopes.split(separator: " ").joined(separator: ",")
    let query = PercentEncoding.query([(name: "scopes", value: list)])
    return "http://\(parts.hostHeader)/computeMetadata/v1/instance/service-accounts/default/token"
      + "?\(query)"
  }

  /// GCE_METADATA_TIMEOUT, in seconds, 3 by default.
  private var metadataLimits: HTTPLimits {
    let seconds = access.variable("GCE_METADATA_TIMEOUT").flatMap { Double($0) } ?? 3
    let millis = Int((seconds.isFinite ? min(max(seconds, 0.1), 30) : 3) * 1_000)
    return HTTPLimits(
      connectMillis: millis, totalMillis: millis, idleSeconds: 30, bodyBytes: 64 << 10)
  }

  /// Nobody named a source: this machine's, else gcloud's, else an error that says where we looked.
  func lastResorts(
    _ looked: [String], _ asksMetadata: Bool, _ scopes: String
  ) async throws(CloudError) -> BearerToken {
    var tried = looked
    if asksMetadata {
      do {
        return try await metadata(scopes, isLastResort: true)
      } catch .network(_, _, let error) where error != .cancelled {
        tried.append("the metadata server (\(error.inWords))")
      } catch .signIn(.sourceFailed(_, let reason)) {
        tried.append("the metadata server (\(reason))")
      } catch .unreadable(let answer) {
        // A portal, another cloud's server at the same address.
        tried.append("the metadata server (\(answer.reason))")
      }
    }
    do {
      return try await gcloud()
    } catch .signIn(.sourceFailed(_, let reason)) {
      tried.append("gcloud (\(reason))")
      throw .signIn(.nothingConfigured(cloud: "Google Cloud", tried: tried))
    }
  }
}
