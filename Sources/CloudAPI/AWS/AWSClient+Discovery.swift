/// What `init` asks to find out what there is to watch; the watch itself never does.
extension AWSClient {
  /// IAM ListAccountAliases: the account's names for people, at most one today. IAM:
  /// `iam:ListAccountAliases`.
  public func accountAliases() async throws(AWSError) -> [String] {
    let call = AWSCall.form(
      .iam, version: "2010-05-08", "ListAccountAliases", region: try homeRegion())
    let answer = try await answer(to: call)
    guard let result = try answer.xml()["ListAccountAliasesResult"],
      let aliases = result["AccountAliases"]
    else { throw answer.unreadable("it has no AccountAliases") }
    return aliases.all("member").map(\.text).filter { !$0.isEmpty }
  }

  /// SQS ListQueues: URLs, the first thousand. IAM: `sqs:ListQueues`.
  public func queueURLs(region: String) async throws(AWSError) -> [String] {
    let call = AWSCall.form(
      .sqs, version: "2012-11-05", "ListQueues", region: region, [("MaxResults", "1000")])
    let answer = try await answer(to: call)
    guard let result = try answer.xml()["ListQueuesResult"] else {
      throw answer.unreadable("it has no ListQueuesResult")
    }
    return result.all("QueueUrl").map(\.text).filter { !$0.isEmpty }
  }
}
