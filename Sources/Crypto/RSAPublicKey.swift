import CCrypto

/// Why bytes are not a usable RSA public key.
public enum RSAPublicKeyError: Error, Sendable, Equatable {
  case notDER(byteCount: Int)
  case notRSA
  case tooShort(bits: Int)
}

/// An RSA public key that checks PKCS#1 v1.5 signatures over SHA-256 (RFC 8017, 8.2).
public final class RSAPublicKey: @unchecked Sendable {
  // Unchecked: the pointer is set once and the key is never changed after loading; libcrypto counts
  // references atomically, and each check works in a context of its own.
  private let key: OpaquePointer

  /// Size of the modulus.
  public let bits: Int

  /// What a DER file may hold.
  public enum Encoding: Sendable {
    /// The bare RSAPublicKey (what CloudTrail's ListPublicKeys returns).
    case pkcs1
    /// SubjectPublicKeyInfo, which names its algorithm.
    case spki
  }

  /// Refuses trailing bytes, other algorithms, and keys under 2048 bits.
  public init(der: [UInt8], encoding: Encoding) throws(RSAPublicKeyError) {
    guard let loaded = Self.load(der, encoding) else { throw .notDER(byteCount: der.count) }
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

  /// True only when `signature` is this key's over the SHA-256 of `message`.
  public func verifies(signature: [UInt8], of message: [UInt8]) -> Bool {
    guard let context = EVP_MD_CTX_new() else { return false }
    defer {
      EVP_MD_CTX_free(context)
      ERR_clear_error()  // a failed check leaves its reason in the thread's queue
    }
    guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else { return false }
    return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
  }

  private static func load(_ der: [UInt8], _ encoding: Encoding) -> OpaquePointer? {
    defer { ERR_clear_error() }
    return der.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var position: UnsafePointer<UInt8>? = start
      let key =
        switch encoding {
        case .pkcs1: d2i_PublicKey(rsaType, nil, &position, bytes.count)
        case .spki: d2i_PUBKEY(nil, &position, bytes.count)
        }
      if position == start + bytes.count { return key }
      EVP_PKEY_free(key)
      return nil
    }
  }

  /// EVP_PKEY_RSA
  private static let rsaType: Int32 = 6
}
