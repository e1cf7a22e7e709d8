import Foundation

/// Who signs (STS GetCallerIdentity).
public struct CallerIdentity: Sendable, Equatable {
  public var account: String
  public var arn: String
  public var userID: String

  public init(account: String, arn: String, userID: String) {
    self.account = account
    self.arn = arn
    self.userID = userID
  }
}

extension AWSClient {
  /// STS GetCallerIdentity. Needs no permission at all.
  public func callerIdentity() async throws(AWSError) -> CallerIdentity {
    let call = AWSCall.form(
      .sts, version: "2011-06-15", "GetCallerIdentity", region: try homeRegion())
    let answer = try await answer(to: call)
    let result = try answer.xml()["GetCallerIdentityResult"]
    guard let account = result?.text("Account"), !account.isEmpty, let arn = result?.text("Arn"),
      !arn.isEmpty
    else { throw answer.unreadable("it does not name account and ARN") }
    return CallerIdentity(account: account, arn: arn, userID: result?.text("UserId") ?? "")
  }

  /// STS AssumeRole: keys of that role, good for `durationSeconds` (900 to 43,200; STS's own 3,600
  /// when nil). IAM: `sts:AssumeRole` on the role.
  public func assumeRole(
    arn: String, sessionName: String = "watchkeeper", externalID: Secret? = nil,
    durationSeconds: Int? = nil
  ) async throws(AWSError) -> AWSCredentials {
    let request = RoleRequest(
      arn: arn, sessionName: sessionName, externalID: externalID, durationSeconds: durationSeconds)
    let call = AWSCall.form(
      .sts, version: "2011-06-15", "AssumeRole", region: try homeRegion(), request.parameters)
    return try STSCredentials.read(try await answer(to: call), source: request.source)
  }

  /// EC2 DescribeRegions: the names of the regions that this account can use, sorted; those not
  /// opted into are left out. IAM: `ec2:DescribeRegions`.
  /// - Parameter region: where to ask; any region of the partition knows.
  public func enabledRegions(region: String) async throws(AWSError) -> [String] {
    let call = AWSCall.form(.ec2, version: "2016-11-15", "DescribeRegions", region: region)
    let answer = try await answer(to: call)
    guard let list = try answer.xml()["regionInfo"] else {
      throw answer.unreadable("it has no regionInfo")
    }
    let partition = access.partition ?? .of(region: region)
    var names: [String] = []
    for item in list.all("item") {
      guard let name = item.text("regionName"), AWSPartition.isRegionName(name) else {
        throw answer.unreadable("a region has no usable name")
      }
      let isForeign = access.partition == nil && AWSPartition.of(region: name) != partition
      if item.text("optInStatus") == "not-opted-in" || isForeign { continue }
      names.append(name)
    }
    if names.isEmpty { throw answer.unreadable("it names no region at all") }
    return names.sorted()
  }
}
