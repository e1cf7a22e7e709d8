import Foundation
import Posix
import WatchConsole
import WatchCore

/// What the program finds around it, read once at the edge: user, terminal, zone, places.
struct Surroundings {
  let environment: [String: String]
  let me: Operator
  let host: String
  let pid: Int
  let home: String?

  init() {
    environment = Environment.all
    let user = OSUser.current
    // A console that attends a service runs as the service's user: the person is who signed in.
    let person = OSUser.signedIn ?? user
    let name = person.name ?? "uid \(person.uid)"
    let ssh = environment["SSH_CONNECTION"]?.split(separator: " ").first.map(String.init)
    me = Operator(name: name, uid: Int(person.uid), tty: Self.terminalName(), ssh: ssh)
    host = Hostname.current
    pid = Int(getpid())
    home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? user.home
  }

  /// `pts/3`
  private static func terminalName() -> String? {
    var buffer = [CChar](repeating: 0, count: 128)
    guard ttyname_r(STDIN_FILENO, &buffer, buffer.count) == 0 else { return nil }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let path = String(decoding: bytes, as: UTF8.self)
    return path.hasPrefix("/dev/") ? String(path.dropFirst(5)) : path
  }

  /// The office's offset from UTC at a time; it changes with the season.
  static func zone(at time: Timestamp) -> LocalZone {
    let date = Date(timeIntervalSince1970: Double(time.millis) / 1000)
    let offset = TimeZone.current.secondsFromGMT(for: date)
    let minutes = abs(offset) / 60
    let hours = minutes / 60 < 10 ? "0\(minutes / 60)" : "\(minutes / 60)"
    let rest = minutes % 60 == 0 ? "" : minutes % 60 < 10 ? "0\(minutes % 60)" : "\(minutes % 60)"
    return LocalZone(offset: offset, label: (offset < 0 ? "-" : "+") + hours + rest)
  }
}
