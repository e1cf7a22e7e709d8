import Crypto
import Foundation
import Transfer

/// Signs requests with AWS Signature Version 4, and does nothing else: no clock, no network.
/// (IAM User Guide, "Create a signed AWS API request".)
public struct SigV4Signer: Sendable {
  public var service: String
  public var region: String
  public var credentials: AWSCredentials

  public init(service: String, region: String, credentials: AWSCredentials) {
    self.service = service
    self.region = region
    self.credentials = credentials
  }

  /// Why a request cannot be signed.
  public enum Problem: Error, Sendable, Equatable {
    case badURL
  }

  /// The request with `X-Amz-Date`, `Authorization` and, where due, `X-Amz-Security-Token` and
  /// (S3) `x-amz-content-sha256` added. Every header given is signed but those that a proxy may
  /// change. The URL must already be percent-encoded: it is sent as it is signed.
  public func signed(_ request: HTTPRequest, at date: Date) throws(Problem) -> HTTPRequest {
    guard let url = URLParts(request.url) else { throw .badURL }
    let stamp = TimeText.basic(date)
    let bodyHash = Hex.encode(SHA256.digest(request.body))
    var signed = request
    signed.headers.removeAll { Self.ours.contains($0.name.lowercased()) }
    signed.headers.append(HTTPHeader("X-Amz-Date", stamp))
    if service == "s3" { signed.headers.append(HTTPHeader("x-amz-content-sha256", bodyHash)) }
    if let token = credentials.sessionToken {
      signed.headers.append(HTTPHeader("X-Amz-Security-Token", token.reveal))
    }
    let canonical = CanonicalRequest(
      method: request.method, url: url, headers: signed.headers, bodyHash: bodyHash,
      encodesPathTwice: service != "s3")
    let scope = "\(stamp.prefix(8))/\(region)/\(service)/aws4_request"
    let signature = signature(
      of: stringToSign(canonical, stamp: stamp, scope: scope), day: String(stamp.prefix(8)))
    let value =
      "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope), "
      + "SignedHeaders=\(canonical.signedHeaders), Signature=\(signature)"
    signed.headers.append(HTTPHeader("Authorization", value))
    return signed
  }

  /// Headers that only the signer sets.
  private static let ours: Set<String> = [
    "authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256",
  ]

  private func stringToSign(_ canonical: CanonicalRequest, stamp: String, scope: String) -> String {
    let hash = Hex.encode(SHA256.digest(Array(canonical.text.utf8)))
    return ["AWS4-HMAC-SHA256", stamp, scope, hash].joined(separator: "\n")
  }

  private func signature(of text: String, day: String) -> String {
    var key = Array("AWS4\(credentials.secretAccessKey.reveal)".utf8)
    for part in [day, region, service, "aws4_request"] {
      key = HMACSHA256.code(key: key, message: Array(part.utf8))
    }
    return Hex.encode(HMACSHA256.code(key: key, message: Array(text.utf8)))
  }
}
