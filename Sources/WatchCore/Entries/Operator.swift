/// The person acting, as proven as we can: never more than the operating system or a key says.
public struct Operator: Hashable, Sendable {
  public var name: String
  public var uid: Int?
  /// `pts/3`
  public var tty: String?
  /// Address that the SSH session comes from.
  public var ssh: String?

  public init(name: String, uid: Int? = nil, tty: String? = nil, ssh: String? = nil) {
    self.name = name
    self.uid = uid
    self.tty = tty
    self.ssh = ssh
  }

  var json: JSON {
    .facts([
      ("name", .string(name)), ("uid", uid.map { .int(Int64($0)) }), ("tty", tty.map(JSON.string)),
      ("ssh", ssh.map(JSON.string)),
    ])
  }

  init?(json: JSON?) {
    guard let json, let name = json["name"]?.string else { return nil }
    self.init(
      name: name, uid: json["uid"]?.int, tty: json["tty"]?.string, ssh: json["ssh"]?.string)
  }

  /// `mira (uid 1000, tty pts/3, ssh from 192.0.2.14)`
  public var text: String {
    let facts = [uid.map { "uid \($0)" }, tty.map { "tty \($0)" }, ssh.map { "ssh from \($0)" }]
    let known = facts.compactMap { $0 }
    return known.isEmpty ? name : "\(name) (\(known.joined(separator: ", ")))"
  }
}
