/// Reads the members of a credential file's JSON. Errors name members, never what they hold.
struct CredentialMembers {
  let path: String
  let value: JSONValue
  let access: GCPAccess
  /// How this object is called in messages: empty for the top level.
  var name = ""

  private func called(_ member: String) -> String {
    name.isEmpty ? member : "\(name).\(member)"
  }

  /// Nil for a missing, null or empty member.
  func text(_ member: String) throws(SignInError) -> String? {
    guard let found = value[member], !found.isNull else { return nil }
    guard let text = found.string else {
      throw .badSetting(source: path, setting: called(member), reason: "it is not a string")
    }
    return text.isEmpty ? nil : text
  }

  func needText(_ member: String) throws(SignInError) -> String {
    guard let text = try text(member) else {
      throw .incomplete(source: path, missing: called(member))
    }
    return text
  }

  func object(_ member: String) throws(SignInError) -> CredentialMembers? {
    guard let found = value[member], !found.isNull else { return nil }
    guard found.members != nil else {
      throw .badSetting(source: path, setting: called(member), reason: "it is not an object")
    }
    return CredentialMembers(path: path, value: found, access: access, name: called(member))
  }

  /// Where a secret is sent: https, or this machine.
  func url(_ member: String, otherwise: String) throws(SignInError) -> String {
    guard let url = try text(member) else { return otherwise }
    guard let parts = URLParts(url) else {
      throw .badSetting(source: path, setting: called(member), reason: "it is not a URL")
    }
    if parts.scheme == "https" || LocalAddress.isLoopback(parts.host) { return url }
    throw .addressNotAllowed(
      setting: "\(called(member)) of \(path)", host: PlainLine.make(parts.host, limit: 80))
  }

  func bad(_ member: String, _ reason: String) -> SignInError {
    .badSetting(source: path, setting: called(member), reason: reason)
  }
}
