/// Times as the Logging query language compares them: a date, or RFC 3339.
enum LoggingTime {
  /// Since 1970-01-01 UTC; nil for what is no time.
  static func millis(_ text: String) -> Int64? {
    let text = Array(text.utf8)
    guard text.count >= 10, text[4] == dash, text[7] == dash, let year = number(text[0..<4]),
      let month = number(text[5..<7]), (1...12).contains(month), let day = number(text[8..<10]),
      (1...31).contains(day)
    else { return nil }
    let midnight = Int64(days(year, month, day)) * 86_400_000
    guard text.count > 10 else { return midnight }
    guard text[10] | 0x20 == UInt8(ascii: "t"), text.count >= 19, text[13] == colon,
      text[16] == colon, let hour = number(text[11..<13]), let minute = number(text[14..<16]),
      let second = number(text[17..<19]), let rest = rest(text[19...])
    else { return nil }
    return midnight + Int64(hour * 3_600 + minute * 60 + second) * 1_000 + rest
  }

  private static let dash = UInt8(ascii: "-")
  private static let colon = UInt8(ascii: ":")

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// A fraction and an offset, in milliseconds.
  private static func rest(_ text: ArraySlice<UInt8>) -> Int64? {
    var text = text
    var millis: Int64 = 0
    if text.first == UInt8(ascii: ".") {
      let digits = text.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard let fraction = number(([UInt8](digits.prefix(3)) + [0x30, 0x30]).prefix(3)[...]) else {
        return nil
      }
      millis = Int64(fraction)
      text = text.dropFirst(digits.count + 1)
    }
    if text.isEmpty || text.count == 1 && (text.first ?? 0) | 0x20 == UInt8(ascii: "z") {
      return millis
    }
    let sign: Int64 = text.first == UInt8(ascii: "+") ? -1 : text.first == dash ? 1 : 0
    let digits = [UInt8](text.dropFirst())
    guard sign != 0, digits.count == 5, digits[2] == colon, let hours = number(digits[0..<2]),
      let minutes = number(digits[3..<5])
    else { return nil }
    return millis + sign * Int64(hours * 60 + minutes) * 60_000
  }

  /// Since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms").
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}
