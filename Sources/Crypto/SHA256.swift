import CCrypto

/// SHA-256 (FIPS 180-4), at once or piece by piece.
///
///     var hash = SHA256()
///     hash.update(head)
///     hash.update(body)
///     let digest = hash.finish()
public struct SHA256: ~Copyable {
  /// Bytes in a digest.
  public static let byteCount = 32

  private let context: OpaquePointer

  public init() {
    // Fails only without memory: there is no digest to go on with.
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto cannot start SHA-256")
    }
    self.context = context
  }

  deinit {
    EVP_MD_CTX_free(context)
  }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let ok = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(ok == 1, "libcrypto cannot update SHA-256")
  }

  public mutating func update(_ bytes: some Collection<UInt8>) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
    if done == nil {
      Array(bytes).withUnsafeBytes { update($0) }
    }
  }

  /// The digest of all that was given; 32 bytes.
  public consuming func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.byteCount) { out, count in
      let ok = EVP_DigestFinal_ex(context, out.baseAddress, nil)
      precondition(ok == 1, "libcrypto cannot finish SHA-256")
      count = Self.byteCount
    }
  }

  /// The digest of `bytes`; 32 bytes.
  public static func digest(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }
}

// The pointer belongs to this one value alone (not copyable, freed in deinit) and libcrypto keeps
// no thread-bound state in a digest context, so moving it to another thread is sound.
extension SHA256: @unchecked Sendable {}
