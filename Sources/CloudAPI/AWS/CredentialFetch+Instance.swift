import Foundation
import Transfer

extension CredentialFetch {
  /// The instance's role, by IMDSv2 alone: a session token first, then role name, then keys.
  /// (EC2 User Guide, "Use the Instance Metadata Service".) Never falls back to version 1.
  func instance(
    _ isLastResort: Bool, _ settings: AWSSettings
  ) async throws(AWSError) -> AWSCredentials {
    let source = "instance metadata"
    let base = try instanceAddress()
    let token: Secret
    do {
      token = try await instanceToken(base, source)
    } catch .network(_, _, let error) where error != .cancelled {
      if isLastResort { throw nothing("no answer", settings) }
      // The answer with the token travels as many hops as the instance allows, by default one:
      // inside a container it never arrives.
      throw failed(
        source, "\(error.inWords); in a container the instance's hop limit must be at least 2")
    } catch .credentials(.sourceFailed(_, let reason)) where isLastResort {
      // Something answers at the address, and it is no instance's service: a proxy, another cloud.
      throw nothing(reason, settings)
    }
    let path = "\(base)/latest/meta-data/iam/security-credentials/"
    let list = try await metadata(path, token, source)
    let role = list.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard !role.isEmpty, role.utf8.count <= 128 else {
      throw failed(source, "the instance has no role")
    }
    let text = try await metadata(path + PercentEncoding.encode(role), token, source)
    guard let body = try? JSONReader.read(Array(text.utf8)) else {
      throw failed(source, "its answer is not JSON")
    }
    guard body["Code"]?.string == "Success" else {
      throw failed(source, "it says that the role's keys are not ready")
    }
    return try keys(body, token: "Token", needsExpiry: true, source)
  }

  private func nothing(_ reason: String, _ settings: AWSSettings) -> AWSError {
    .credentials(
      .nothingConfigured(tried: CredentialPlan(settings: settings).tried(instance: reason)))
  }

  private func instanceAddress() throws(AWSError) -> String {
    let setting = "AWS_EC2_METADATA_SERVICE_ENDPOINT"
    if let url = access.variable(setting) {
      do {
        try CredentialPlan.checkLocal(url, setting)
      } catch {
        throw .credentials(error)
      }
      return url.hasSuffix("/") ? String(url.dropLast()) : url
    }
    let mode = access.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")?.lowercased()
    return mode == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
  }

  private func instanceToken(_ base: String, _ source: String) async throws(AWSError) -> Secret {
    var request = HTTPRequest(method: "PUT", url: "\(base)/latest/api/token", limits: limits)
    request.headers = [
      HTTPHeader("X-aws-ec2-metadata-token-ttl-seconds", "21600"),
      HTTPHeader("User-Agent", "watchkeeper/0.1"),
    ]
    let response = try await local(request, source, tries: tries)
    let text = String(decoding: response.body, as: UTF8.self)
    guard response.status == 200, !text.isEmpty, Self.isHeaderValue(text) else {
      throw failed(
        source, "no session token (HTTP \(response.status)); version 1 is not used instead")
    }
    return Secret(text)
  }

  private func metadata(
    _ url: String, _ token: Secret, _ source: String
  ) async throws(AWSError) -> String {
    var request = HTTPRequest(url: url, limits: limits)
    request.headers = [
      HTTPHeader("X-aws-ec2-metadata-token", token.reveal),
      HTTPHeader("User-Agent", "watchkeeper/0.1"),
    ]
    let response = try await local(request, source, tries: tries)
    if response.status == 404 { throw failed(source, "the instance has no role") }
    guard response.status == 200, let text = String(validating: response.body, as: UTF8.self)
    else { throw failed(source, "HTTP \(response.status)") }
    return text
  }

  /// AWS_METADATA_SERVICE_TIMEOUT, in seconds, 1 by default.
  private var limits: HTTPLimits {
    let seconds = access.variable("AWS_METADATA_SERVICE_TIMEOUT").flatMap { Double($0) } ?? 1
    let millis = Int((seconds.isFinite ? min(max(seconds, 0.1), 30) : 1) * 1_000)
    return HTTPLimits(
      connectMillis: millis, totalMillis: millis, idleSeconds: 30, bodyBytes: 64 << 10)
  }

  private var tries: Int {
    let asked = access.variable("AWS_METADATA_SERVICE_NUM_ATTEMPTS").flatMap { Int($0) } ?? 1
    return min(max(asked, 1), 10)
  }
}
