/// What one turn at the watch's own queue gave: changes that were pushed to us as they happened.
public struct QueueSighting: Hashable, Sendable {
  public var changes: [PipelineChange]
  /// Handles of the messages that were taken: deleted once the journal has what they say.
  public var receipts: [String]
  /// Messages that tell of nothing that we watch, or of nothing at all; deleted with the others.
  public var foreign: Int
  /// SHA-256, hexadecimal, of the messages that nobody can read.
  public var unreadable: [String]
  /// When the newest event of these happened.
  public var newest: Timestamp?

  public init(
    changes: [PipelineChange] = [], receipts: [String] = [], foreign: Int = 0,
    unreadable: [String] = [], newest: Timestamp? = nil
  ) {
    self.unreadable = unreadable
    self.changes = changes
    self.receipts = receipts
    self.foreign = foreign
    self.newest = newest
  }
}
