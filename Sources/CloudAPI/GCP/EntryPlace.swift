/// Where log entries are read.
public enum EntryPlace: Sendable, Hashable {
  /// What the parent itself wrote: an organization's does not hold its projects' entries.
  case parent(GCPParent)
  /// A view of a log bucket, `bucket` being its whole name
  /// (`projects/acme-1/locations/eu/buckets/audit`).
  case view(bucket: String, view: String)

  /// The view that every bucket has, of all its logs.
  public static func bucket(_ name: String) -> EntryPlace { .view(bucket: name, view: "_AllLogs") }

  var name: String {
    switch self {
    case .parent(let parent): parent.name
    case .view(let bucket, let view): "\(bucket)/views/\(view)"
    }
  }
}
