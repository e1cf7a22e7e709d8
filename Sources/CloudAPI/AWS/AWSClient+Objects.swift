extension AWSClient {
  /// GetObject: the bytes as stored (a log file's are gzip). IAM: `s3:GetObject`.
  /// - Parameters:
  ///   - limitBytes: a larger object is an error, never a part of it.
  ///   - region: where the bucket is, if known; learned otherwise.
  public func getObject(
    bucket: String, key: String, limitBytes: Int, region: String? = nil
  ) async throws(AWSError) -> [UInt8] {
    let home: String
    if let region { home = region } else { home = try homeRegion() }
    var call = AWSCall.s3("GetObject", bucket: bucket, region: home)
    call.path = "/" + PercentEncoding.encode(key, keepingSlashes: true)
    call.bodyLimit = limitBytes
    return try await answer(to: call).response.body
  }
}
