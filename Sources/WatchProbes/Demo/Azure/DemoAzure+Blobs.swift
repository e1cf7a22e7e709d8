import CloudAPI
import Foundation
import Transfer
import WatchCore

/// The archive: one append blob an hour for each subscription or resource whose setting writes there.
extension DemoAzure {
  /// Seconds from an operation until it is appended.
  private static let blobDelay = 240
  /// How far back blobs are listed, in seconds.
  private static let kept = 3 * 86_400

  private struct Blob {
    var name: String
    var modified: Int
    var count: Int
  }

  func blobs(_ account: String, _ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    let found = arm(now).documents.first {
      $0.kind?.type == "microsoft.storage/storageaccounts" && $0.key.hasSuffix("/\(account)")
    }
    guard let id = found?.key else {
      return Self.storageError(404, "ResourceNotFound", "No such account.")
    }
    guard asked.header("x-ms-version") != nil else {
      return Self.storageError(
        403, "AuthenticationFailed", "Server failed to authenticate the request.")
    }
    guard asked.method == "GET", asked.parts.count == 1, asked.query["comp"] == "list",
      asked.query["restype"] == "container"
    else { return Self.storageError(404, "BlobNotFound", "The specified blob does not exist.") }
    let container = asked.parts[0]
    guard arm(now).has("\(id)/blobservices/default/containers/\(container)") else {
      return Self.storageError(
        404, "ContainerNotFound", "The specified container does not exist.")
    }
    return listing(account, container, asked, written(container, id, now))
  }

  private func written(_ container: String, _ id: String, _ now: Int) -> [Blob] {
    var hours: [String: Blob] = [:]
    func add(_ scope: String, _ second: Int) {
      let arrived = second + Self.blobDelay
      guard arrived <= now else { return }
      let name = "resourceId=\(scope.uppercased())/\(folder(arrived))/PT1H.json"
      var blob = hours[name] ?? Blob(name: name, modified: arrived, count: 0)
      blob.modified = max(blob.modified, arrived)
      blob.count += 1
      hours[name] = blob
    }
    if container == "insights-activity-logs" {
      for happening in log.between(now - Self.kept, now)
      where carries(happening, to: .storage(id)) {
        let subscription = units.units.first { $0.label == happening.unit }?.id ?? ""
        add("/subscriptions/\(subscription)", happening.at)
      }
    }
    for resource in units.resourceLogs ?? []
    where container == "insights-logs-\(resource.category.lowercased())" {
      let slots = DemoTimeline.slots(
        every: resource.every, phase: resource.phase, from: now - Self.kept, to: now)
      for slot in slots where carries(resource, at: slot, to: .storage(id)) {
        add(resource.resource, slot)
      }
    }
    return hours.values.sorted { $0.name < $1.name }
  }

  /// `y=2026/m=11/d=20/h=09/m=00`: the hour in which it was received.
  private func folder(_ second: Int) -> String {
    let text = time(second).iso
    let parts = text.prefix(13).split { $0 == "-" || $0 == "T" }
    return "y=\(parts[0])/m=\(parts[1])/d=\(parts[2])/h=\(parts[3])/m=00"
  }

  private func listing(
    _ account: String, _ container: String, _ asked: DemoWebRequest, _ all: [Blob]
  ) -> HTTPResponse {
    let prefix = asked.query["prefix"] ?? ""
    let most = min(max(asked.query["maxresults"].flatMap { Int($0) } ?? 5_000, 1), 5_000)
    let marker = asked.query["marker"] ?? ""
    let wanted = all.filter { $0.name.hasPrefix(prefix) }
    var items: [(name: String, xml: String)] = []
    for blob in wanted {
      let rest = blob.name.dropFirst(prefix.count)
      if let mark = asked.query["delimiter"], !mark.isEmpty, let cut = rest.range(of: mark) {
        let name = prefix + rest[..<cut.upperBound]
        if items.last?.name != name {
          items.append(
            (name, "<BlobPrefix><Name>\(DemoTemplates.escaped(name))</Name></BlobPrefix>"))
        }
      } else {
        items.append((blob.name, xml(blob)))
      }
    }
    items = items.filter { $0.name > marker || marker.isEmpty }
    let page = items.prefix(most)
    let next = items.count > page.count ? page.last?.name ?? "" : ""
    return DemoReply.xml(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint="
        + "\"https://\(account).blob.core.windows.net/\" ContainerName=\"\(container)\">"
        + "<Prefix>\(DemoTemplates.escaped(prefix))</Prefix><Blobs>\(page.map(\.xml).joined())"
        + "</Blobs><NextMarker>\(DemoTemplates.escaped(next))</NextMarker></EnumerationResults>")
  }

  private func xml(_ blob: Blob) -> String {
    let modified = TimeText.http(
      Date(timeIntervalSince1970: Double(time(blob.modified).millis) / 1000))
    return "<Blob><Name>\(DemoTemplates.escaped(blob.name))</Name><Properties><Last-Modified>"
      + "\(modified)</Last-Modified><Content-Length>\(blob.count * 1_874)</Content-Length>"
      + "<BlobType>AppendBlob</BlobType></Properties></Blob>"
  }

  static func storageError(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
    DemoReply.xml(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code><Message>\(message)"
        + "</Message></Error>", status: status, code: code)
  }
}
