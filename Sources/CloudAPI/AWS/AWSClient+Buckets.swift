import Foundation

/// One object of a listing.
public struct S3Object: Sendable, Equatable {
  public var key: String
  /// UTC, by S3's clock.
  public var lastModified: Date
  /// In bytes.
  public var size: Int

  public init(key: String, lastModified: Date, size: Int) {
    self.key = key
    self.lastModified = lastModified
    self.size = size
  }
}

/// What listing a prefix gave.
public struct S3Listing: Sendable, Equatable {
  /// In key order (UTF-8 bytes).
  public var objects: [S3Object]
  /// Keys up to the delimiter, in order.
  public var commonPrefixes: [String]
  /// True when the page limit was reached with more to come.
  public var isCut: Bool

  public init(objects: [S3Object] = [], commonPrefixes: [String] = [], isCut: Bool = false) {
    self.objects = objects
    self.commonPrefixes = commonPrefixes
    self.isCut = isCut
  }
}

extension AWSClient {
  /// ListObjectsV2, page after page. Keys come in UTF-8 order, so `startAfter` skips what is older
  /// under CloudTrail's dated keys. IAM: `s3:ListBucket`.
  /// - Parameters:
  ///   - maxKeys: keys a page, 1 to 1,000.
  ///   - limitPages: pages asked for at most.
  ///   - region: where the bucket is, if known; learned otherwise.
  public func listObjects(
    bucket: String, prefix: String = "", startAfter: String? = nil, delimiter: String? = nil,
    maxKeys: Int = 1_000, limitPages: Int = 10, region: String? = nil
  ) async throws(AWSError) -> S3Listing {
    var fixed = [
      (name: "list-type", value: "2"), (name: "encoding-type", value: "url"),
      (name: "max-keys", value: String(min(max(maxKeys, 1), 1_000))),
      (name: "prefix", value: prefix),
    ]
    if let delimiter { fixed.append((name: "delimiter", value: delimiter)) }
    if let startAfter { fixed.append((name: "start-after", value: startAfter)) }
    let home = try place(region)
    let query = fixed
    var listing = S3Listing()
    let isWhole = try await Paging.walk("ListObjectsV2", cap: limitPages) {
      (token) async throws(AWSError) in
      let more = token.map { [(name: "continuation-token", value: $0)] } ?? []
      let call = AWSCall.s3("ListObjectsV2", bucket: bucket, region: home, query: query + more)
      let next = try Self.readPage(try await answer(to: call), into: &listing)
      return next.map { .more(token: $0) } ?? .end
    }
    listing.isCut = !isWhole
    return listing
  }

  /// GetBucketPolicy: the policy's JSON text, nil when the bucket has none. IAM:
  /// `s3:GetBucketPolicy`.
  public func getBucketPolicy(
    bucket: String, region: String? = nil
  ) async throws(AWSError) -> String? {
    let call = AWSCall.s3(
      "GetBucketPolicy", bucket: bucket, region: try place(region),
      query: [(name: "policy", value: "")])
    let answer: AWSAnswer
    do {
      answer = try await self.answer(to: call)
    } catch .service(let error) where error.code == "NoSuchBucketPolicy" {
      return nil
    }
    _ = try answer.json()
    guard let text = String(validating: answer.response.body, as: UTF8.self) else {
      throw answer.unreadable("it is not UTF-8")
    }
    return text
  }

  /// HeadBucket: the region that the bucket is in. Answered by S3 even when access is denied, so a
  /// denial counts as an answer as long as it names the region. IAM: `s3:ListBucket`.
  public func bucketRegion(bucket: String) async throws(AWSError) -> String {
    let call = AWSCall.s3("HeadBucket", bucket: bucket, region: try homeRegion(), method: "HEAD")
    let answer: AWSAnswer
    do {
      answer = try await self.answer(to: call)
    } catch .denied(let error) {
      guard let region = exchange.memory.region(ofBucket: bucket) else { throw .denied(error) }
      return region
    }
    let named = answer.response.header("x-amz-bucket-region")
    if let named, AWSPartition.isRegionName(named) { return named }
    guard let learned = exchange.memory.region(ofBucket: bucket) else {
      throw answer.unreadable("it does not name the bucket's region")
    }
    return learned
  }

  private func place(_ region: String?) throws(AWSError) -> String {
    if let region { return region }
    return try homeRegion()
  }

  /// One page into the listing; the token of the next one. Found by element, not by root: servers
  /// differ in that.
  private static func readPage(
    _ answer: AWSAnswer, into listing: inout S3Listing
  ) throws(AWSError) -> String? {
    let root = try answer.xml()
    guard let truncated = root.text("IsTruncated").flatMap({ Bool($0) }) else {
      throw answer.unreadable("it has no IsTruncated, so it is not a listing")
    }
    let isEncoded = root.text("EncodingType") == "url"
    for entry in root.all("Contents") {
      guard let key = entry.text("Key").flatMap({ isEncoded ? PercentEncoding.decode($0) : $0 }),
        let modified = entry.text("LastModified").flatMap({ TimeText.iso8601($0) }),
        let size = entry.text("Size").flatMap({ Int($0) }), size >= 0
      else { throw answer.unreadable("an object lacks its key, time or size") }
      listing.objects.append(S3Object(key: key, lastModified: modified, size: size))
    }
    for entry in root.all("CommonPrefixes") {
      guard
        let prefix = entry.text("Prefix").flatMap({
          isEncoded ? PercentEncoding.decode($0) : $0
        })
      else { throw answer.unreadable("a common prefix cannot be read") }
      listing.commonPrefixes.append(prefix)
    }
    guard truncated else { return nil }
    guard let next = root.text("NextContinuationToken"), !next.isEmpty else {
      throw answer.unreadable("it is truncated and names no next page")
    }
    return next
  }
}
