import CCrypto

/// Why bytes are not a usable RSA private key. Never says what the bytes were.
public enum RSAPrivateKeyError: Error, Sendable, Equatable {
  /// Not DER of an unencrypted private key.
  case notDER(byteCount: Int)
  case notRSA
  case tooShort(bits: Int)
  /// libcrypto would not sign with it.
  case cannotSign
}

/// An RSA private key that makes PKCS#1 v1.5 signatures over SHA-256 (RFC 8017, 8.2): `RS256` of
/// RFC 7518, 3.3.
public final class RSAPrivateKey: @unchecked Sendable {
  // Unchecked: the pointer is set once and the key is never changed after loading; libcrypto counts
  // references atomically, and each signature is made in a context of its own.
  private let key: OpaquePointer

  /// Size of the modulus.
  public let bits: Int

  /// `der` is PKCS#8 (`BEGIN PRIVATE KEY`) or PKCS#1 (`BEGIN RSA PRIVATE KEY`), unencrypted.
  /// Refuses trailing bytes, other algorithms, and keys under 2048 bits.
  public init(der: [UInt8]) throws(RSAPrivateKeyError) {
    guard let loaded = Self.load(der) else { throw .notDER(byteCount: der.count) }
    let bits = Int(EVP_PKEY_get_bits(loaded))
    let isRSA = EVP_PKEY_get_base_id(loaded) == Self.rsaType
    guard isRSA, bits >= 2048 else {
      EVP_PKEY_free(loaded)
      throw isRSA ? .tooShort(bits: bits) : .notRSA
    }
    self.key = loaded
    self.bits = bits
  }

  deinit {
    EVP_PKEY_free(key)
  }

  /// The signature over the SHA-256 of `message`, as long as the modulus.
  public func signature(of message: [UInt8]) throws(RSAPrivateKeyError) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { throw .cannotSign }
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()
    }
    guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1 else { throw .cannotSign }
    var count = Int(EVP_PKEY_get_size(key))
    var signature = [UInt8](repeating: 0, count: count)
    guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1,
      count <= signature.count
    else { throw .cannotSign }
    return Array(signature.prefix(count))
  }

  private static func load(_ der: [UInt8]) -> OpaquePointer? {
    defer { ERR_clear_error() }
    return der.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var position: UnsafePointer<UInt8>? = start
      let key = d2i_AutoPrivateKey(nil, &position, bytes.count)
      if position == start + bytes.count { return key }
      EVP_PKEY_free(key)
      return nil
    }
  }

  /// EVP_PKEY_RSA
  private static let rsaType: Int32 = 6
}
