extension GCPCall {
  /// Our part of the quotas, which are counted by the minute and project, so that people at the
  /// console are not thrown out by a watch: entries.list has 60 ("Quotas and limits" of Cloud
  /// Logging), of which ten may go at once after a rest and four fifths in the long run; the others
  /// have some hundreds and more.
  func rate(_ quotaProject: String?) -> CallRate? {
    let payer = quotaProject.map { "projects/\($0)" } ?? place
    switch service {
    case .logging where operation == "logging.entries.list":
      return CallRate("logging.entries \(payer)", perSecond: 0.8, burst: 10)
    case .logging: return CallRate("logging \(payer)", perSecond: 4, burst: 20)
    case .monitoring: return CallRate("monitoring \(payer)", perSecond: 5, burst: 20)
    case .resourceManager: return CallRate("resourcemanager", perSecond: 4, burst: 20)
    case .storage, .bigQuery:
      return CallRate("\(service.rawValue) \(payer)", perSecond: 8, burst: 20)
    case .pubSub, .iamCredentials, .sts: return nil
    }
  }
}
