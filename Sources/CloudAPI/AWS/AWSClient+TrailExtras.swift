/// The organization that an account belongs to (Organizations API Reference, `Organization`).
public struct OrganizationFacts: Sendable, Equatable {
  /// `o-…`
  public var id: String
  /// Twelve digits: the management account.
  public var managementAccount: String

  public init(id: String, managementAccount: String) {
    self.id = id
    self.managementAccount = managementAccount
  }
}

extension AWSClient {
  /// GetInsightSelectors: the insights that are on, `ApiCallRateInsight`, `ApiErrorRateInsight`;
  /// nil where none ever were. IAM: `cloudtrail:GetInsightSelectors`.
  public func insightSelectors(
    arnOrName: String, region: String
  ) async throws(AWSError) -> [String]? {
    let call = Self.trailCall(
      "GetInsightSelectors", region: region, [JSONMember("TrailName", .string(arnOrName))])
    let answer: AWSAnswer
    do {
      answer = try await self.answer(to: call)
    } catch .service(let error) where error.code == "InsightNotEnabledException" {
      return nil
    }
    let body = JSONMembers(answer: answer, value: try answer.json())
    if try body.text("TrailARN") == nil, try body.list("InsightSelectors") == nil {
      throw answer.unreadable("it names neither the trail nor any selector")
    }
    var types: [String] = []
    for entry in try body.objects("InsightSelectors") {
      types.append(try entry.needText("InsightType"))
    }
    return types
  }

  /// ListTags of one trail: its tags by key, first page (a trail has 50 at most). IAM:
  /// `cloudtrail:ListTags`.
  public func trailTags(arn: String, region: String) async throws(AWSError) -> [String: String] {
    let call = Self.trailCall(
      "ListTags", region: region,
      [JSONMember("ResourceIdList", .array([.string(arn)]))])
    let answer = try await answer(to: call)
    let body = JSONMembers(answer: answer, value: try answer.json())
    _ = try body.needList("ResourceTagList")
    var tags: [String: String] = [:]
    for resource in try body.objects("ResourceTagList") {
      for tag in try resource.objects("TagsList") {
        tags[try tag.needText("Key")] = try tag.text("Value") ?? ""
      }
    }
    return tags
  }

  /// Organizations DescribeOrganization; nil where the account is in none. Members may ask too.
  /// IAM: `organizations:DescribeOrganization`.
  public func organization() async throws(AWSError) -> OrganizationFacts? {
    let home = try homeRegion()
    let region = (access.partition ?? .of(region: home)).defaultRegion
    let call = AWSCall.json(
      .organizations, target: "AWSOrganizationsV20161128", "DescribeOrganization", region: region,
      [])
    let answer: AWSAnswer
    do {
      answer = try await self.answer(to: call)
    } catch .service(let error) where error.code == "AWSOrganizationsNotInUseException" {
      return nil
    }
    guard let entry = try answer.json()["Organization"], entry.members != nil else {
      throw answer.unreadable("it has no Organization")
    }
    let body = JSONMembers(answer: answer, value: entry, name: "Organization")
    return OrganizationFacts(
      id: try body.needText("Id"), managementAccount: try body.needText("MasterAccountId"))
  }
}
