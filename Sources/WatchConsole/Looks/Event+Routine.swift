import WatchCore

extension Event {
  /// Entries that lists leave out: proofs and the snapshots of rules. What an entry says in a list
  /// is the journal's own wording, `Entry.detail(in:)`.
  public var isRoutine: Bool {
    switch self {
    case .proof, .snapshot: true
    default: false
    }
  }
}

extension GapAccount {
  /// `delivered late 0, recovered 37, lost 0, unproven 1`
  public var summary: String {
    "delivered late \(deliveredLate), recovered \(recovered), lost \(lost), unproven \(unproven)"
  }
}
