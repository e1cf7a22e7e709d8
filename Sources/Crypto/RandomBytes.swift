import CCrypto

/// Bytes nobody can guess, from libcrypto's generator (seeded by the kernel).
public enum RandomBytes {
  /// Traps when the generator fails: a guessable secret is worse than no program.
  public static func make(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { out, made in
      precondition(RAND_bytes(out.baseAddress, Int32(count)) == 1, "libcrypto has no random bytes")
      made = count
    }
  }
}
