/// What became of the records of a silent time. Counted in records that a second witness knows of.
public struct GapAccount: Hashable, Sendable {
  public var from: Timestamp
  /// Nil while the gap is open.
  public var to: Timestamp?
  /// Came down the path after all, late.
  public var deliveredLate: Int
  /// Not on the path, but held by another witness (Event history).
  public var recovered: Int
  /// Known to have happened and held by nobody.
  public var lost: Int
  /// Kinds of record that no second witness could speak of.
  public var unproven: Int
  /// What the figures rest on: `Event history us-east-1, read 03:20:11Z`.
  public var witness: String
  /// What is unproven, by name: `data events`.
  public var unprovenWhat: String

  public init(
    from: Timestamp, to: Timestamp? = nil, deliveredLate: Int = 0, recovered: Int = 0,
    lost: Int = 0, unproven: Int = 0, witness: String = "", unprovenWhat: String = ""
  ) {
    self.from = from
    self.to = to
    self.deliveredLate = deliveredLate
    self.recovered = recovered
    self.lost = lost
    self.unproven = unproven
    self.witness = witness
    self.unprovenWhat = unprovenWhat
  }

  public var json: JSON {
    .facts([
      ("from", .string(from.iso)), ("to", to.map { .string($0.iso) }),
      ("delivered_late", .int(Int64(deliveredLate))), ("recovered", .int(Int64(recovered))),
      ("lost", .int(Int64(lost))), ("unproven", .int(Int64(unproven))),
      ("witness", .string(witness)), ("unproven_what", .string(unprovenWhat)),
    ])
  }

  public init?(json: JSON?) {
    guard let json, let from = json["from"]?.time else { return nil }
    self.init(
      from: from, to: json["to"]?.time, deliveredLate: json["delivered_late"]?.int ?? 0,
      recovered: json["recovered"]?.int ?? 0, lost: json["lost"]?.int ?? 0,
      unproven: json["unproven"]?.int ?? 0, witness: json["witness"]?.string ?? "",
      unprovenWhat: json["unproven_what"]?.string ?? "")
  }
}
