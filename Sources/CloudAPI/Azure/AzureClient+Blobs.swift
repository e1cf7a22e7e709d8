import Foundation
import Transfer

/// Blob and queue storage: REST with XML, opened by a token of its own audience.
extension AzureClient {
  /// 2017-11-09 or later is needed for tokens ("Authorize with Microsoft Entra ID").
  private static let restVersion = "2021-12-02"

  /// A call to an account's blob or queue service.
  func storageCall(
    _ operation: String, _ action: AzureAction, service: String, account: String,
    endpoint: String?, isWrittenDown: Bool = false, path: String,
    query: [(name: String, value: String)]
  ) throws(CloudError) -> TokenCall {
    let place = try settings().storage(
      service, account: account, endpoint: endpoint, isWrittenDown: isWrittenDown)
    let tail = query.isEmpty ? "" : "?\(PercentEncoding.query(query))"
    var call = TokenCall(
      operation, permission: action.name, place: "\(account)\(path)",
      url: "\(place.base)\(path)\(tail)", audience: place.audience, dialect: .azure)
    call.headers = [
      HTTPHeader("x-ms-version", Self.restVersion),
      HTTPHeader("x-ms-date", TimeText.http(exchange.clock.now())),
    ]
    call.allowPlain = place.isOverride
    call.limits.bodyBytes = 16 << 20
    return call
  }

  /// List Blobs, page after page.
  /// - Parameters:
  ///   - delimiter: names are folded at it; nil for every blob.
  ///   - pageSize: 1 to 5,000.
  ///   - limitPages: pages asked for at most.
  public func listBlobs(
    _ place: BlobPlace, prefix: String = "", delimiter: String? = nil, pageSize: Int = 5_000,
    limitPages: Int = 10
  ) async throws(CloudError) -> BlobListing {
    var fixed = [
      (name: "restype", value: "container"), (name: "comp", value: "list"),
      (name: "maxresults", value: String(min(max(pageSize, 1), 5_000))),
    ]
    if !prefix.isEmpty { fixed.append((name: "prefix", value: prefix)) }
    if let delimiter { fixed.append((name: "delimiter", value: delimiter)) }
    let query = fixed
    var listing = BlobListing()
    let isWhole = try await Paging.walk("List Blobs", cap: limitPages) {
      (marker) async throws(CloudError) in
      let more = marker.map { [(name: "marker", value: $0)] } ?? []
      let call = try storageCall(
        "List Blobs", .readBlobs, service: "blob", account: place.account,
        endpoint: place.endpoint, path: "/\(PercentEncoding.encode(place.container))",
        query: query + more)
      let next = try Self.readPage(try await exchange.answer(to: call), into: &listing)
      return next.map { .more(token: $0) } ?? .end
    }
    listing.isCut = !isWhole
    return listing
  }

  /// One page into the listing; the marker of the next one.
  private static func readPage(
    _ answer: TokenAnswer, into listing: inout BlobListing
  ) throws(CloudError) -> String? {
    let root = try answer.xml()
    guard root.name == "EnumerationResults", let blobs = root["Blobs"] else {
      throw answer.unreadable("it has no Blobs, so it is not a listing")
    }
    for entry in blobs.all("Blob") {
      let properties = entry["Properties"]
      guard let name = entry.text("Name"), !name.isEmpty,
        let modified = properties?.text("Last-Modified").flatMap({ TimeText.http($0) }),
        let length = properties?.text("Content-Length").flatMap({ Int($0) }), length >= 0
      else { throw answer.unreadable("a blob lacks its name, time or length") }
      listing.blobs.append(
        BlobItem(
          name: name, lastModified: modified, length: length, type: properties?.text("BlobType")))
    }
    for entry in blobs.all("BlobPrefix") {
      guard let name = entry.text("Name"), !name.isEmpty else {
        throw answer.unreadable("a prefix has no name")
      }
      listing.prefixes.append(name)
    }
    guard let next = root["NextMarker"] else {
      throw answer.unreadable("it has no NextMarker, so it may be cut")
    }
    return next.text.isEmpty ? nil : next.text
  }
}
