import CCrypto

/// HMAC with SHA-256 (RFC 2104, RFC 4231).
public enum HMACSHA256 {
  /// The 32-byte authentication code of `message` under `key`; both may be empty.
  public static func code(key: [UInt8], message: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { out, count in
      let result = HMAC(
        EVP_sha256(), key, Int32(key.count), message, message.count, out.baseAddress, nil)
      precondition(result != nil, "libcrypto cannot compute HMAC-SHA-256")
      count = SHA256.byteCount
    }
  }
}
