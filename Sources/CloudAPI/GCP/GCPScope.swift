/// The OAuth scopes that a call's token must carry: the narrowest that its API accepts (discovery
/// documents). IAM decides in the end; a token that leaks can do no more than this.
enum GCPScope: Sendable {
  /// All reading but Pub/Sub's.
  case read
  /// Pub/Sub knows no narrower one.
  case pubSub
  /// The echo's.
  case loggingWrite
  /// Everything that IAM allows: folders.testIamPermissions accepts no other.
  case everything
  /// What impersonation asks of the first token.
  case iam

  var scopes: [String] {
    switch self {
    case .read:
      ["logging.read", "monitoring.read", "cloud-platform.read-only", "devstorage.read_only"]
    case .pubSub: ["pubsub"]
    case .loggingWrite: ["logging.write"]
    case .everything: ["cloud-platform"]
    case .iam: ["iam"]
    }
  }

  /// The key of the token cache: full scopes, separated by spaces, as OAuth writes them.
  var audience: String {
    scopes.map { "https://www.googleapis.com/auth/\($0)" }.joined(separator: " ")
  }
}
