/// A credential file of Application Default Credentials, understood (AIP-4110 to 4117; google-auth).
struct GCPCredentialFile: Sendable {
  var path: String
  var recipe: GCPCredentialRecipe
  var universe: String
  var quotaProject: String?
  var project: String?

  /// The file that the access names or the surroundings hold; nil where there is none to look at.
  static func find(
    _ access: GCPAccess, _ files: CredentialFiles
  ) throws(SignInError) -> GCPCredentialFile? {
    switch access.source {
    case .metadata, .gcloud: return nil
    case .file(let path): return try read(access.path(path), access, files)
    case .automatic: break
    }
    if let path = access.variable("GOOGLE_APPLICATION_CREDENTIALS") {
      return try read(access.path(path), access, files)
    }
    do {
      return try read(defaultPath(access), access, files)
    } catch .file(_, .missing) {
      return nil
    }
  }

  /// What `gcloud auth application-default login` writes.
  static func defaultPath(_ access: GCPAccess) -> String {
    let folder = access.path(access.variable("CLOUDSDK_CONFIG") ?? "~/.config/gcloud")
    return "\(folder)/application_default_credentials.json"
  }

  private static func read(
    _ path: String, _ access: GCPAccess, _ files: CredentialFiles
  ) throws(SignInError) -> GCPCredentialFile {
    let bytes: [UInt8]
    do {
      bytes = try files.read(path)
    } catch {
      throw .file(path: path, error)
    }
    guard let body = try? JSONReader.read(bytes), body.members != nil else {
      throw .file(path: path, .unreadable(reason: "it is not a JSON object"))
    }
    let members = CredentialMembers(path: path, value: body, access: access)
    return GCPCredentialFile(
      path: path, recipe: try members.recipe(),
      universe: try members.text("universe_domain") ?? GCPSettings.defaultUniverse,
      quotaProject: try members.text("quota_project_id"),
      project: try members.text("project_id"))
  }
}
