import WatchCore

extension PlanReader {
  mutating func readGCP(_ value: JSON5Value) {
    let known = [
      "name", "projects", "folders", "organizations", "credential", "impersonate",
      "quota_project", "endpoints", "queue", "role",
    ]
    guard let fields = fields(value, "an account of gcp", known),
      let name = accountName(fields, .gcp)
    else { return }
    let account = GCPAccount(
      units: units(fields, [.projects, .folders, .organizations]),
      credential: googleCredential(fields), impersonate: serviceAccount(fields),
      quotaProject: quotaProject(fields), endpoints: endpoints(fields, GCPAccount.endpointNames))
    plan.accounts.append(
      CloudAccount(
        cloud: .gcp, name: name, queue: pullSubscription(fields), gcp: account))
  }

  /// `gcloud`, `metadata`, or a credential file's path.
  private mutating func googleCredential(_ fields: Fields) -> String? {
    guard let value = fields["credential"]?.value, let text = text(value, "credential") else {
      return nil
    }
    if text.hasPrefix("/") || text.hasPrefix("~/") { return text }
    let kinds = ["gcloud", "metadata"]
    if !kinds.contains(text) {
      let near = Nearest.near(text, kinds).map { "did you mean \"\($0)\"?" }
      problem(
        value.place, "credential is \(named(text))",
        near ?? "write \"gcloud\", \"metadata\", or a credential file's path from / or ~/")
    }
    return text
  }

  private mutating func serviceAccount(_ fields: Fields) -> String? {
    guard let value = fields["impersonate"]?.value, let text = text(value, "impersonate") else {
      return nil
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isAddress =
      parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
      && text.unicodeScalars.allSatisfy { $0.isWordOrDigit || "@.-_+".unicodeScalars.contains($0) }
    if !isAddress {
      problem(
        value.place, "impersonate is not the e-mail address of a service account",
        "write NAME@PROJECT.iam.gserviceaccount.com")
    }
    return text
  }

  private mutating func quotaProject(_ fields: Fields) -> String? {
    guard let value = fields["quota_project"]?.value, let text = text(value, "quota_project") else {
      return nil
    }
    let id = text.without("projects/")
    if !GoogleName.isProject(id) {
      problem(value.place, "quota_project is not a project's id", "write acme-1")
    }
    return id
  }

  /// The watch's own pull subscription.
  private mutating func pullSubscription(_ fields: Fields) -> String? {
    guard let value = fields["queue"]?.value, let text = text(value, "queue") else { return nil }
    if !GoogleName.isSubscription(text) {
      problem(
        value.place, "queue is not the name of a Pub/Sub subscription",
        "write projects/PROJECT/subscriptions/NAME")
    }
    return text
  }
}
