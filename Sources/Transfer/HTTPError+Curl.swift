extension HTTPError {
  /// From libcurl's code (libcurl-errors(3)).
  init(curlCode code: Int32, detail: String, host: String, elapsedMillis: Int, limits: HTTPLimits) {
    switch code {
    case 1, 3: self = .badURL(detail)
    case 6: self = .nameNotResolved(host: host)
    // 5: the proxy's name; 7: no connection; 97: the proxy refused.
    case 5, 7, 97: self = .connectFailed(host: host, detail: detail)
    case 28: self = .timedOut(afterMillis: elapsedMillis)
    // Handshake, certificate, authorities' file, and their kin.
    case 35, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91:
      self = .tls(host: host, detail: detail)
    case 63: self = .bodyTooLarge(limit: limits.bodyBytes)
    // 18: fewer bytes than announced; 52: nothing at all; 55, 56: the connection broke.
    case 18, 52, 55, 56: self = .cut(detail: detail)
    default: self = .other(code: Int(code), detail: detail)
    }
  }
}
