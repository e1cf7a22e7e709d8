extension GCPCall {
  /// Our part of the quotas, which are counted by the minute and project, so that people at the
  /// console are not thrown out by a watch: entries.list has 60 ("Quotas and limits" of Cloud
  /// Logging), of which ten may go at once after a rest and four fifths in the long run; the others
  /// have some hundreds and more.
  ///
  /// Without a quota project that of the credentials pays, whatever is asked about: then all calls of a
  /// client share the quota. Who is told to stay away stays away from that project alone: where each
  /// pays for itself, the others are none the worse.
  func rate(_ quotaProject: String?) -> CallRate? {
    let payer = quotaProject.map { " projects/\($0)" } ?? ""
    let door = quotaProject == nil ? owner : nil
    func rate(_ name: String, _ perSecond: Double, _ burst: Double) -> CallRate {
      CallRate("\(name)\(payer)", perSecond: perSecond, burst: burst, door: door)
    }
    switch service {
    case .logging where operation == "logging.entries.list": return rate("logging.entries", 0.8, 10)
    case .logging: return rate("logging", 4, 20)
    case .monitoring: return rate("monitoring", 5, 20)
    case .resourceManager: return CallRate("resourcemanager", perSecond: 4, burst: 20)
    case .storage, .bigQuery: return rate(service.rawValue, 8, 20)
    case .pubSub, .iamCredentials, .sts: return nil
    }
  }

  /// A view of a log bucket is its project's: `projects/acme-1`.
  private var owner: String {
    place.split(separator: "/", omittingEmptySubsequences: false).prefix(2).joined(separator: "/")
  }
}
