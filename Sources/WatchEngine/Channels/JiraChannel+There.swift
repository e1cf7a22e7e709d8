import CloudAPI
import Transfer
import WatchCore

extension JiraChannel {
  /// Whether somebody works on a ticket: it has an assignee, and its status is of another category than
  /// *To Do*; or it is done. Neither is a sign alone: a project may assign by itself, and a workflow may begin
  /// in any category (REST API v3, "Get issue"; the categories' keys are `new`,
  /// `indeterminate` and `done`).
  func there(_ key: String) async -> ThereAnswer {
    do throws(Ending) {
      let fields = try await answered(requests.look(key))["fields"]
      guard let status = fields?["status"], let name = status["name"]?.string,
        let category = status["statusCategory"]?["key"]?.string
      else { throw strange("it has no status") }
      let who = fields?["assignee"]?["displayName"]?.string
      guard category == "done" || category != "new" && who != nil else { return .untaken }
      return .taken(by: PlainLine.make("\(who ?? "nobody named"), \(name)", limit: 120))
    } catch {
      switch error.answer {
      case .refused(let why), .unsent(let why), .failed(let why, _): return .unknown(why)
      case .accepted, .taken: return .unknown("Jira's answer cannot be read")
      }
    }
  }

  /// `SEC-12`: what a request may name.
  static func isKey(_ text: String) -> Bool {
    (3...60).contains(text.utf8.count) && text.contains("-")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
      }
  }
}
