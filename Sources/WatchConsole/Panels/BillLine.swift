import WatchCore

/// What the watch's own calls to a cloud cost: dollars a month and the dearest lines.
enum BillLine {
  /// The fullest form, and again without the lines of least weight; empty where no bill is known.
  static func texts(_ cloud: Cloud, _ bills: [CallBill]) -> [String] {
    let own = bills.filter { $0.cloud == cloud }.sorted { $0.dollars > $1.dollars }
    guard let dearest = own.first else { return [] }
    let sum = dollars(own.reduce(0) { $0 + $1.dollars })
    let place =
      own.count == 1
      ? dearest.account
      : "\(own.count) accounts, \(dearest.account) \(dollars(dearest.dollars))"
    let head = "own calls \(sum) a month (\(place))"
    let lines = dearest.lines.map { "\($0.what) \(dollars($0.dollars))" }
    let counts = stride(from: min(6, lines.count), to: 0, by: -1)
    return counts.map { "\(head): \(lines.prefix($0).joined(separator: ", "))" } + [head]
  }

  /// `$4.12`; what is not nothing never reads as nothing.
  static func dollars(_ value: Double) -> String {
    guard value > 0 else { return "$0.00" }
    guard value >= 0.005 else { return "under $0.01" }
    guard value < 1_000_000_000 else { return "over $1000000000" }
    let cents = Int((value * 100).rounded())
    let rest = cents % 100
    return "$\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
