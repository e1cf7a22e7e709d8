import Foundation
import WatchCore

/// The system's time zones, as tables for the rules about hours.
public enum ZoneTable {
  /// A configuration is read at each start and reload: twenty years are more than enough.
  private static let from = Date(timeIntervalSince1970: 1_577_836_800)  // 2020-01-01
  private static let to = Date(timeIntervalSince1970: 2_524_608_000)  // 2050-01-01

  /// By its IANA name, as the tz database spells it; nil where there is none.
  public static func zone(_ name: String) -> ZoneOffsets? {
    if name == "UTC" { return .utc }
    // The list has one name of each zone: Asia/Calcutta, and not Asia/Kolkata. `CET+2` is none.
    guard known.contains(name) || name.contains("/") && name.utf8.allSatisfy(isNamed),
      let zone = TimeZone(identifier: name)
    else { return nil }
    var changes = [change(zone, from)]
    var at = from
    while let next = zone.nextDaylightSavingTimeTransition(after: at), next > at, next < to {
      changes.append(change(zone, next))
      at = next
    }
    return ZoneOffsets(name: name, changes: changes)
  }

  static var names: [String] { known.sorted() }

  private static let known = Set(TimeZone.knownTimeZoneIdentifiers)

  private static func isNamed(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    default: "/_-+".utf8.contains(byte)
    }
  }

  private static func change(_ zone: TimeZone, _ date: Date) -> ZoneOffsets.Change {
    ZoneOffsets.Change(
      at: Timestamp(seconds: Int64(date.timeIntervalSince1970.rounded())),
      seconds: zone.secondsFromGMT(for: date))
  }
}
