import Foundation
import WatchCore

extension Timestamp {
  /// A Foundation date, to the millisecond; nil where it is no moment of the years 1 to 9999.
  init?(_ date: Date) {
    let seconds = date.timeIntervalSince1970
    guard seconds > -62_135_596_800, seconds < 253_402_300_800 else { return nil }
    self.init(millis: Int64((seconds * 1000).rounded()))
  }

  /// As Foundation's date.
  var foundationDate: Date { Date(timeIntervalSince1970: Double(millis) / 1000) }

  /// Midnight UTC of its day.
  var dayStart: Timestamp {
    let day: Int64 = 86_400_000
    let rest = millis % day
    return Timestamp(millis: millis - (rest < 0 ? rest + day : rest))
  }

  /// The day as S3 partitions write it: `2026/11/20`.
  var dayPath: String { date.replacing("-", with: "/") }

  /// To the minute, as log names write it: `20261120T0311Z`.
  var minuteStamp: String {
    let time = iso
    return date.replacing("-", with: "") + "T"
      + time.dropFirst(11).prefix(5).replacing(":", with: "")
      + "Z"
  }
}
