import CloudAPI
import Transfer

extension DemoAnswers {
  /// A bucket's setting; those of buckets that the pipeline does not describe were never set.
  func bucketSetting(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    guard let setting = DemoBucketSetting.named(asked.query.keys) else {
      return xmlError(501, "NotImplemented", "The demo does not play \(asked.operation).")
    }
    let bucket = settings(now).at("buckets", asked.bucket)
    guard bucket != nil || estate.trails.contains(where: { $0.bucket == asked.bucket }) else {
      return xmlError(404, "NoSuchBucket", "The specified bucket does not exist")
    }
    let owner = bucket?["owner"]?.string ?? estate.account.id
    if let expected = asked.expectedOwner, expected != owner {
      return xmlError(403, "AccessDenied", "Access Denied")
    }
    let value = bucket?[setting.name]
    if value == nil, let code = setting.missing {
      return xmlError(404, code, "It was never set.")
    }
    guard let root = setting.root else {
      return json(value ?? .null)
    }
    let body = DemoXML.element(root, value ?? .object([]), .repeated)
    return xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(body)")
  }

  /// The four switches of the whole account.
  func accountAccess(_ now: Int) -> HTTPResponse {
    guard let switches = settings(now)["account_access"] else {
      return xmlError(404, "NoSuchPublicAccessBlockConfiguration", "It was never set.")
    }
    return xml(DemoXML.element("PublicAccessBlockConfiguration", switches, .repeated))
  }

  func head(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    guard asked.key.isEmpty else {
      var answer = getObject(asked, now)
      answer.body = []
      return answer
    }
    let known = estate.trails.contains { $0.bucket == asked.bucket }
    var answer = xml("", status: known ? 200 : 404)
    answer.headers.append(HTTPHeader("x-amz-bucket-region", asked.region))
    return answer
  }
}
