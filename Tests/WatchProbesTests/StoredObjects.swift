import CloudAPI
import Transfer
import WatchCore

@testable import WatchProbes

/// A bucket that lists as S3 does: prefix, delimiter, start-after, pages of two.
struct StoredObjects: Sendable {
  var objects: [(key: String, modified: Timestamp)]
  var pageSize = 2

  func list(_ call: DemoRequest) -> HTTPResponse {
    let prefix = call.query["prefix"] ?? ""
    let after = call.query["continuation-token"] ?? call.query["start-after"] ?? ""
    var names: [(name: String, modified: Timestamp?)] = []
    for object in objects.sorted(by: { $0.key < $1.key })
    where object.key.hasPrefix(prefix) && object.key > after {
      let rest = object.key.dropFirst(prefix.count)
      guard call.query["delimiter"] == "/", let slash = rest.firstIndex(of: "/") else {
        names.append((object.key, object.modified))
        continue
      }
      let folder = prefix + rest[...slash]
      if names.last?.name != folder, folder > after { names.append((folder, nil)) }
    }
    let page = names.prefix(pageSize)
    let entries = page.map { entry in
      let key = PercentEncoding.encode(entry.name)
      guard let modified = entry.modified else {
        return "<CommonPrefixes><Prefix>\(key)</Prefix></CommonPrefixes>"
      }
      return "<Contents><Key>\(key)</Key><LastModified>\(modified.iso)</LastModified>"
        + "<Size>10</Size></Contents>"
    }
    let isCut = names.count > page.count
    // A continuation after a folder goes on after all that is in it.
    let token = page.last.map { $0.modified == nil ? $0.name + "\u{10ffff}" : $0.name } ?? ""
    let next = "<NextContinuationToken>\(token)</NextContinuationToken>"
    let text =
      "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>\(isCut)</IsTruncated>"
      + (isCut ? next : "") + entries.joined() + "</ListBucketResult>"
    return HTTPResponse(status: 200, body: Array(text.utf8))
  }
}

/// A log's key, as CloudTrail writes it.
func logKey(
  _ stamp: String, unique: String = "a1B2c3D4e5F6g7H8", region: String = "us-east-1",
  account: String = "111122223333", root: String = "AWSLogs/"
) -> String {
  let digits = Array(stamp)
  let day = "\(String(digits[0..<4]))/\(String(digits[4..<6]))/\(String(digits[6..<8]))"
  return "\(root)\(account)/CloudTrail/\(region)/\(day)/"
    + "\(account)_CloudTrail_\(region)_\(stamp)_\(unique).json.gz"
}
