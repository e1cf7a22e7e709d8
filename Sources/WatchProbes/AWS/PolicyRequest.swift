/// One request as a policy judges it, real or supposed.
struct PolicyRequest: Sendable {
  /// Who asks.
  enum Caller: Hashable, Sendable {
    /// An AWS service as itself: `cloudtrail.amazonaws.com`.
    case service(String)
    /// Everybody there is: a Deny covers them only if it leaves nobody out.
    case everyone
    /// Somebody of another account, or nobody known: whoever a stranger may be.
    case outsider
    /// Whoever an identity's policy is attached to: such policies name no principal.
    case holder
  }

  /// What the request carries under a condition key.
  enum Context: Hashable, Sendable {
    case value(String)
    case absent
    /// The caller can send what he likes, or nothing.
    case chosen
    /// A value that is not among those that a policy names for its own; or nothing at all.
    case foreign(orAbsent: Bool)
    case unknown
  }

  var caller: Caller
  var action: String
  /// An ARN; nil where the policy's kind names no resource (a role's trust policy).
  var resource: String?
  /// Where named accounts may stand for the service itself, as in buckets of old trails: every
  /// account but this one.
  var ownAccount: String?
  /// By the key's name in lower case.
  var context: @Sendable (String) -> Context

  init(
    _ caller: Caller, _ action: String, on resource: String?, ownAccount: String? = nil,
    context: @escaping @Sendable (String) -> Context
  ) {
    self.caller = caller
    self.action = action
    self.resource = resource
    self.ownAccount = ownAccount
    self.context = context
  }
}

extension PolicyRequest {
  /// CloudTrail, as one trail: what it sends with its calls (CloudTrail User Guide, "Amazon S3
  /// bucket policy for CloudTrail", "Configure AWS KMS key policies for CloudTrail").
  static func cloudTrail(
    _ arn: TrailARN, _ action: String, on resource: String?, more: [String: Context] = [:]
  ) -> PolicyRequest {
    PolicyRequest(.service(LogWriter.service), action, on: resource, ownAccount: arn.account) {
      key in
      if let known = more[key] { return known }
      switch key {
      case "aws:securetransport", "aws:principalisawsservice": return .value("true")
      case "aws:sourcearn": return .value(arn.text)
      case "aws:sourceaccount": return .value(arn.account)
      case "aws:principalservicename": return .value(LogWriter.service)
      // A service calls as itself: no account, organization, user or network of the customer's.
      case "aws:principalarn", "aws:principalaccount", "aws:principalorgid",
        "aws:principalorgpaths", "aws:userid", "aws:username", "aws:sourcevpc", "aws:sourcevpce",
        "aws:vpcsourceip", "aws:multifactorauthpresent", "aws:multifactorauthage":
        return .absent
      default: return .unknown
      }
    }
  }

  /// A stranger's request. What narrows it is what a stranger cannot have (S3 User Guide, "The
  /// meaning of 'public'").
  static func outsider(_ action: String, on resource: String) -> PolicyRequest {
    PolicyRequest(.outsider, action, on: resource) { key in
      switch key {
      case "aws:sourceip", "kms:calleraccount": return .foreign(orAbsent: false)
      case "aws:principalisawsservice", "aws:viaawsservice": return .value("false")
      case "aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourcevpc",
        "aws:sourcevpce", "aws:vpcsourceip", "aws:userid", "aws:username", "aws:sourceorgid",
        "aws:sourceorgpaths", "s3:dataaccesspointarn", "s3:dataaccesspointaccount",
        "s3:x-amz-server-side-encryption-aws-kms-key-id":
        return .foreign(orAbsent: true)
      case _ where key.hasPrefix("aws:principal"): return .foreign(orAbsent: true)
      case "aws:securetransport", "aws:useragent", "aws:referer", "aws:currenttime",
        "aws:epochtime", "aws:requestedregion", "aws:multifactorauthpresent",
        "aws:multifactorauthage", "kms:viaservice":
        return .chosen
      case _ where key.hasPrefix("s3:") || key.hasPrefix("kms:encryptioncontext"): return .chosen
      default: return .unknown
      }
    }
  }

  /// Anybody's request by plain http.
  static func plainHTTP(_ action: String, on resource: String) -> PolicyRequest {
    PolicyRequest(.everyone, action, on: resource) { key in
      switch key {
      case "aws:securetransport": .value("false")
      // Without TLS there is no version of it.
      case "s3:tlsversion": .absent
      default: .chosen
      }
    }
  }

  /// Anybody's request, whatever it carries.
  static func anybody(_ action: String, on resource: String) -> PolicyRequest {
    PolicyRequest(.everyone, action, on: resource) { _ in .chosen }
  }
}
