/// Why there are no usable credentials. Carries names of files, profiles and settings, never values
/// that may be secret.
public enum CredentialError: Error, Sendable, Equatable {
  /// No source has any. `tried`: each with what is missing there, in the order of looking:
  /// `environment (not set)`.
  case nothingConfigured(tried: [String])
  case noProfile(String)
  /// A file that was named, or is there, cannot be read.
  case file(path: String, CredentialFiles.Problem)
  case badFile(path: String, AWSConfigFileError)
  /// A source lacks a setting: `source` is such as `profile audit` or `environment`.
  case incomplete(source: String, missing: String)
  case badSetting(source: String, setting: String, reason: String)
  /// Profiles that name each other as their source.
  case profileLoop([String])
  /// Only a person can get these (a code from an MFA device).
  case needsPerson(source: String, setting: String)
  /// The container address is neither https nor loopback nor link-local.
  case addressNotAllowed(setting: String, host: String)
  /// The cached sign-in is missing or over: `aws sso login --profile …`.
  case loginNeeded(profile: String, reason: String)
  /// The source was asked and failed; the reason holds no output of it.
  case sourceFailed(source: String, reason: String)
  /// What the source gave runs out in the past.
  case expired(source: String)
  /// AWS does not accept them.
  case refused(AWSServiceError)
}

extension CredentialError {
  /// One sentence for people, with what to do where we know it.
  public var plain: String {
    PlainLine.make(sentence, limit: 400)
  }

  private var sentence: String {
    switch self {
    case .nothingConfigured(let tried):
      return "No AWS credentials: run aws configure or aws sso login, or name a profile in the "
        + "configuration. Tried: \(tried.joined(separator: ", "))."
    case .noProfile(let name):
      return "There is no AWS profile \"\(name)\" in the configuration or credentials file."
    case .file(let path, let problem):
      return "\(path) cannot be read: \(problem.inWords)."
    case .badFile(let path, let error):
      return "\(path), line \(error.line): \(error.problem.inWords)."
    case .incomplete(let source, let missing):
      return "The credentials of \(source) lack \(missing)."
    case .badSetting(let source, let setting, let reason):
      return "\(setting) of \(source) is not usable: \(reason)."
    case .profileLoop(let names):
      return "AWS profiles name each other as source: \(names.joined(separator: " -> "))."
    case .needsPerson(let source, let setting):
      return "\(source) wants \(setting), which needs a person at each renewal. "
        + "Use a role without it."
    case .addressNotAllowed(let setting, let host):
      return "\(setting) names \(host); only https, loopback and link-local addresses are allowed."
    case .loginNeeded(let profile, let reason):
      return "The SSO sign-in of profile \(profile) \(reason). "
        + "Run: aws sso login --profile \(ShellWords.quote(profile))"
    case .sourceFailed(let source, let reason):
      return "\(source) gave no credentials: \(reason)."
    case .expired(let source):
      return "The credentials from \(source) have expired."
    case .refused(let error):
      return "AWS does not accept the credentials: \(error.operation) in \(error.region), "
        + error.inWords
    }
  }
}

extension CredentialFiles.Problem {
  var inWords: String {
    switch self {
    case .missing: "there is no such file"
    case .notAFile: "it is not a regular file"
    case .tooLarge(let limit): "it is larger than \(limit) bytes"
    case .unreadable(let reason): reason
    }
  }
}

extension AWSConfigFileError.Problem {
  var inWords: String {
    switch self {
    case .notUTF8: "it is not UTF-8 text"
    case .openSection: "a section starts with [ and has no ]"
    case .emptySection: "a section has no name"
    case .settingOutsideSection: "a setting stands before the first section"
    case .noEqualsSign: "a setting has no ="
    case .emptyName: "a setting has no name"
    case .controlCharacter: "it holds a control character"
    }
  }
}
