/// Why there is no usable token. Carries names of files and settings, never values that may be
/// secret.
public enum SignInError: Error, Sendable, Equatable {
  /// No source has any. `tried`: each with what is missing there, in the order of looking:
  /// `environment (not set)`.
  case nothingConfigured(cloud: String, tried: [String])
  /// A file that was named, or is there, cannot be read.
  case file(path: String, CredentialFiles.Problem)
  /// A source lacks a setting: `source` is such as `environment` or a file's path.
  case incomplete(source: String, missing: String)
  case badSetting(source: String, setting: String, reason: String)
  /// The address is neither https nor loopback nor a metadata service.
  case addressNotAllowed(setting: String, host: String)
  /// Only a person can sign in again, with that command.
  case loginNeeded(source: String, reason: String, command: String)
  /// The source was asked and failed; the reason holds no output of it.
  case sourceFailed(source: String, reason: String)
  /// The cloud's sign-in does not accept what the source gave: a code such as `AADSTS7000215` or
  /// `invalid_grant`, and the first sentence.
  case notAccepted(source: String, code: String, words: String)
  /// What the source gave runs out in the past.
  case expired(source: String)
  /// An API does not accept the token, not even a fresh one.
  case refused(CloudServiceError)
}

extension SignInError {
  /// One sentence for people, with what to do where we know it.
  public var plain: String {
    PlainLine.make(sentence, limit: 400)
  }

  private var sentence: String {
    switch self {
    case .nothingConfigured(let cloud, let tried):
      let login = cloud == "Azure" ? "az login" : "gcloud auth application-default login"
      return "No \(cloud) credentials: run \(login), or name a credential in the configuration. "
        + "Tried: \(tried.joined(separator: ", "))."
    case .file(let path, let problem):
      return "\(path) cannot be read: \(problem.inWords)."
    case .incomplete(let source, let missing):
      return "The credentials of \(source) lack \(missing)."
    case .badSetting(let source, let setting, let reason):
      return "\(setting) of \(source) is not usable: \(reason)."
    case .addressNotAllowed(let setting, let host):
      return "\(setting) names \(host); only https, loopback and link-local addresses are allowed."
    case .loginNeeded(let source, let reason, let command):
      return "The sign-in of \(source) \(reason). Run: \(command)"
    case .sourceFailed(let source, let reason):
      return "\(source) gave no token: \(reason)."
    case .notAccepted(let source, let code, let words):
      return "The \(source) is not accepted: \(code)\(words.isEmpty ? "." : ": \(words)")"
    case .expired(let source):
      return "The token from \(source) has expired."
    case .refused(let error):
      return "The token is not accepted: \(error.what), \(error.inWords)"
    }
  }
}
