/// Percent-encoding with the unreserved characters of RFC 3986, 2.3 left as they are: the form
/// that AWS signs (a space is `%20`, never `+`).
public enum PercentEncoding {
  /// Every byte but A-Z a-z 0-9 - . _ ~ becomes `%XX`; `/` too unless `keepingSlashes`.
  public static func encode(_ text: String, keepingSlashes: Bool = false) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      if isUnreserved(byte) || (keepingSlashes && byte == UInt8(ascii: "/")) {
        out.append(byte)
      } else {
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// `a=1&b=x%20y`, in the order given: a query string and a form body alike.
  public static func query(_ pairs: [(name: String, value: String)]) -> String {
    pairs.map { "\(encode($0.name))=\(encode($0.value))" }.joined(separator: "&")
  }

  /// `%XX` and `+` (a space, as S3 writes keys) taken back. Nil for a broken escape or bad UTF-8.
  public static func decode(_ text: String) -> String? {
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): out.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard digits.utf8.count == 2, digits.first != "+", digits.first != "-",
          let value = UInt8(digits, radix: 16)
        else { return nil }
        out.append(value)
        rest = rest.dropFirst(2)
      default: out.append(byte)
      }
    }
    return String(validating: out, as: UTF8.self)
  }

  static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
    default: false
    }
  }
}
