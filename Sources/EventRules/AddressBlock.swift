/// A block of IP addresses as `cidr` names it: `10.0.0.0/8`, `2001:db8::/32`.
struct AddressBlock: Sendable, Hashable {
  private let bytes: [UInt8]
  private let bits: Int

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let bytes = Self.bytes(String(parts[0])) else { return nil }
    let bits = parts.count == 2 ? Int(parts[1]) : bytes.count * 8
    guard let bits, (0...bytes.count * 8).contains(bits) else { return nil }
    self.bytes = bytes
    self.bits = bits
  }

  func holds(_ address: String) -> Bool {
    guard let other = Self.bytes(address), other.count == bytes.count else { return false }
    for bit in 0..<bits {
      let mask = UInt8(0x80) >> (bit % 8)
      if bytes[bit / 8] & mask != other[bit / 8] & mask { return false }
    }
    return true
  }

  /// Four or sixteen; nil for what is no address, such as a service's name.
  private static func bytes(_ text: String) -> [UInt8]? {
    text.contains(":") ? version6(text) : version4(text)
  }

  private static func version4(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { UInt8($0) }
    return parts.count == 4 && bytes.count == 4 ? bytes : nil
  }

  private static func version6(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= 45 else { return nil }
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    let groups = halves.map { half in half.isEmpty ? [] : half.split(separator: ":") }
    let words = groups.map { group in group.compactMap { UInt16($0, radix: 16) } }
    guard zip(groups, words).allSatisfy({ $0.count == $1.count }) else { return nil }
    let missing = 8 - words.reduce(0) { $0 + $1.count }
    guard halves.count == 2 ? missing >= 0 : missing == 0 else { return nil }
    let all = words[0] + Array(repeating: 0, count: missing) + (words.count == 2 ? words[1] : [])
    return all.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
  }
}
