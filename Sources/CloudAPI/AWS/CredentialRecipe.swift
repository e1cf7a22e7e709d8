/// Where credentials will be taken from, decided from settings alone: nothing is asked yet.
indirect enum CredentialRecipe: Sendable, Equatable {
  case keys(AWSCredentials)
  case role(RoleRequest, from: CredentialRecipe)
  case webIdentity(RoleRequest, tokenFile: String)
  case sso(SSOLogin)
  /// A command line may hold a secret argument.
  case process(command: Secret, source: String)
  case container(ContainerSource)
  /// `isLastResort`: nobody asked for it, so its absence means that nothing is configured.
  case instance(isLastResort: Bool)
}

/// What STS is asked for.
struct RoleRequest: Sendable, Equatable {
  var arn: String
  var sessionName: String
  var externalID: Secret?
  /// STS's own default (3,600) when nil; in seconds.
  var durationSeconds: Int?
}

/// A profile's sign-in through IAM Identity Center.
struct SSOLogin: Sendable, Equatable {
  var profile: String
  /// What the cache file is named after: the session's name or, in old profiles, the start URL.
  var cacheName: String
  var region: String
  var accountID: String
  var roleName: String
}

/// The agent of ECS or EKS, or a Greengrass core.
struct ContainerSource: Sendable, Equatable {
  var url: String
  var tokenFile: String?
  var token: Secret?
}
