import Foundation

/// Times as clouds write them, read and written by hand: UTC, proleptic Gregorian, years 1 to 9999.
public enum TimeText {
  /// ISO 8601 / RFC 3339 with `Z` or an offset, fractional seconds allowed:
  /// `2026-11-20T03:01:00Z`, `2026-11-20T03:01:00.123+00:00`. Nil for anything else.
  public static func iso8601(_ text: String) -> Date? {
    var scan = DigitScan(text)
    guard let year = scan.number(4), scan.skip("-"), let month = scan.number(2), scan.skip("-"),
      let day = scan.number(2), scan.skip("T") || scan.skip("t") || scan.skip(" "),
      let hour = scan.number(2), scan.skip(":"), let minute = scan.number(2), scan.skip(":"),
      let second = scan.number(2)
    else { return nil }
    let fraction = scan.skip(".") ? scan.fraction() : 0
    guard let fraction, let offset = zone(&scan), scan.isAtEnd else { return nil }
    let parts = TimeParts(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    return parts.date.map { $0.addingTimeInterval(fraction - Double(offset)) }
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7; the fixed form alone). Nil for anything else.
  public static func http(_ text: String) -> Date? {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard words.count == 6, words[0].hasSuffix(","), words[5] == "GMT",
      let month = months.firstIndex(of: String(words[2]))
    else { return nil }
    var scan = DigitScan("\(words[1]) \(words[3]) \(words[4])")
    guard let day = scan.number(2), scan.skip(" "), let year = scan.number(4), scan.skip(" "),
      let hour = scan.number(2), scan.skip(":"), let minute = scan.number(2), scan.skip(":"),
      let second = scan.number(2), scan.isAtEnd
    else { return nil }
    return TimeParts(
      year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second
    ).date
  }

  /// `20150830T123600Z`: the form of `X-Amz-Date`.
  public static func basic(_ date: Date) -> String {
    let parts = TimeParts(date)
    let day = four(parts.year) + two(parts.month) + two(parts.day)
    return "\(day)T\(two(parts.hour))\(two(parts.minute))\(two(parts.second))Z"
  }

  /// `2015-08-30T12:36:00Z`, whole seconds.
  public static func iso8601(_ date: Date) -> String {
    let parts = TimeParts(date)
    let day = "\(four(parts.year))-\(two(parts.month))-\(two(parts.day))"
    return "\(day)T\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))Z"
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`.
  public static func http(_ date: Date) -> String {
    let parts = TimeParts(date)
    let day = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
    let weekday = weekdays[((day + 4) % 7 + 7) % 7]
    return "\(weekday), \(two(parts.day)) \(months[parts.month - 1]) \(four(parts.year)) "
      + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) GMT"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Seconds east of UTC.
  private static func zone(_ scan: inout DigitScan) -> Int? {
    if scan.skip("Z") || scan.skip("z") { return 0 }
    let sign = scan.skip("+") ? 1 : scan.skip("-") ? -1 : 0
    guard sign != 0, let hours = scan.number(2) else { return nil }
    _ = scan.skip(":")
    guard let minutes = scan.number(2), hours < 24, minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }

  private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  private static func four(_ value: Int) -> String {
    String(repeating: "0", count: max(0, 4 - "\(value)".count)) + "\(value)"
  }
}

/// Digits and separators of a time, byte by byte.
private struct DigitScan {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ text: String) {
    bytes = Array(text.utf8.prefix(64))
  }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard offset < bytes.count, UInt32(bytes[offset]) == character.value else { return false }
    offset += 1
    return true
  }

  mutating func number(_ count: Int) -> Int? {
    guard offset + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[offset..<offset + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte) - 0x30
    }
    offset += count
    return value
  }

  /// One to 18 digits after the point.
  mutating func fraction() -> Double? {
    var value = 0.0
    var unit = 0.1
    let start = offset
    while offset < bytes.count, offset - start < 18, (0x30...0x39).contains(bytes[offset]) {
      value += Double(bytes[offset] - 0x30) * unit
      unit /= 10
      offset += 1
    }
    return offset > start ? value : nil
  }
}
