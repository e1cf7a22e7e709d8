import Foundation

extension GCPClient {
  /// The e-mail address that audit entries of our own calls carry, where settings and files tell it;
  /// nil where only Google knows: a person's sign-in, the metadata server, another cloud's identity.
  public func ownPrincipal() throws(CloudError) -> String? {
    switch try settings().recipe {
    case .serviceAccount(let key): return key.email
    case .impersonation(let request, _):
      guard let start = request.url.range(of: "/serviceAccounts/"),
        let end = request.url.range(of: ":", options: .backwards),
        start.upperBound < end.lowerBound
      else { return nil }
      return PercentEncoding.decode(String(request.url[start.upperBound..<end.lowerBound]))
    case .user, .external, .metadata, .gcloud, .lastResorts: return nil
    }
  }
}
