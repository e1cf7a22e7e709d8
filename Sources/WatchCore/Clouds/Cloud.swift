/// A public cloud that we watch.
public enum Cloud: String, Hashable, Sendable, CaseIterable, Comparable {
  case aws, azure, gcp

  /// As it stands on screen.
  public var label: String {
    switch self {
    case .aws: "AWS"
    case .azure: "AZURE"
    case .gcp: "GCP"
    }
  }

  /// What it is divided into.
  public var unitWord: String {
    switch self {
    case .aws: "regions"
    case .azure: "subscriptions"
    case .gcp: "projects"
    }
  }

  public static func < (left: Cloud, right: Cloud) -> Bool {
    left.order < right.order
  }

  private var order: Int {
    switch self {
    case .aws: 0
    case .azure: 1
    case .gcp: 2
    }
  }
}
