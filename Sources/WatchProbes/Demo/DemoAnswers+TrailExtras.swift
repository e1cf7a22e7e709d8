import CloudAPI
import Transfer

/// What else CloudTrail tells of a trail.
extension DemoAnswers {
  func trailExtras(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    switch asked.operation {
    case "ListTrails":
      let list = estate.trails.map { trail in
        JSONValue.object([
          JSONMember("TrailARN", .string(trail.arn(estate.account.id))),
          JSONMember("Name", .string(trail.name ?? trail.id)),
          JSONMember("HomeRegion", .string(trail.region)),
        ])
      }
      return json(.object([JSONMember("Trails", .array(list))]))
    case "GetTrail":
      guard let trail = find("Name", asked) else { return unknownTrail(asked) }
      return json(.object([JSONMember("Trail", described(trail, now))]))
    case "GetInsightSelectors":
      guard let trail = find("TrailName", asked) else { return unknownTrail(asked) }
      guard let selectors = settings(now).at("trails", trail.id, "insights") else {
        return jsonError("InsightNotEnabledException", "Trail does not have Insights enabled.")
      }
      return json(
        .object([
          JSONMember("TrailARN", .string(trail.arn(estate.account.id))),
          JSONMember("InsightSelectors", selectors),
        ]))
    case "ListTags":
      let wanted = asked.parameters["ResourceIdList"]?.array?.compactMap(\.string) ?? []
      let list = estate.trails.filter { wanted.contains($0.arn(estate.account.id)) }.map { trail in
        JSONValue.object([
          JSONMember("ResourceId", .string(trail.arn(estate.account.id))),
          JSONMember("TagsList", settings(now).at("trails", trail.id, "tags") ?? .array([])),
        ])
      }
      return json(.object([JSONMember("ResourceTagList", .array(list))]))
    case "ListEventDataStores":
      return json(.object([JSONMember("EventDataStores", .array([]))]))
    case "ListPublicKeys":
      return json(.object([JSONMember("PublicKeyList", .array([]))]))
    case "ListChannels": return json(.object([JSONMember("Channels", .array([]))]))
    default: return unplayed(asked)
    }
  }

  func organizations(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    guard let organization = settings(now)["organization"] else {
      return jsonError(
        "AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
    }
    switch asked.operation {
    case "DescribeOrganization":
      return json(.object([JSONMember("Organization", organization)]))
    case "ListAccounts":
      return json(.object([JSONMember("Accounts", organization["accounts"] ?? .array([]))]))
    case "ListDelegatedAdministrators":
      return json(.object([JSONMember("DelegatedAdministrators", .array([]))]))
    case "ListAWSServiceAccessForOrganization":
      return json(
        .object([
          JSONMember("EnabledServicePrincipals", organization["services"] ?? .array([]))
        ]))
    case "ListPolicies", "ListPoliciesForTarget":
      return json(.object([JSONMember("Policies", .array([]))]))
    default: return unplayed(asked)
    }
  }
}
