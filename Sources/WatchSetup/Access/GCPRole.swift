import WatchCore

/// A custom role of Google Cloud, as it will be printed (IAM, "Create and manage custom roles").
public struct GCPRole: Hashable, Sendable {
  /// `watchkeeper_reader`: letters, digits, `_`.
  public var id: String
  public var title: String
  /// What it is for, and where it is bound.
  public var use: String
  public var permissions: [String]
  /// Where it is bound: `projects/acme-1`, `folders/9`, `projects/p/subscriptions/s`.
  public var places: [String]
  /// Its permissions cannot stand in a project's own role.
  public var isOrganizations: Bool

  /// As `gcloud iam roles create --file` takes it: JSON is YAML too.
  public var json: JSON {
    .object([
      JSON.Member("title", .string(title)), JSON.Member("description", .string(use)),
      JSON.Member("stage", "GA"),
      JSON.Member("includedPermissions", .array(permissions.map(JSON.string))),
    ])
  }

  /// Projects whose own role it can be: those that it is bound in, or the projects of what it is
  /// bound to. Empty where only an organization can have it.
  private var projects: [String] {
    guard !isOrganizations else { return [] }
    let ids = places.map { place -> String? in
      let parts = place.split(separator: "/")
      return parts.count > 1 && parts[0] == "projects" ? String(parts[1]) : nil
    }
    guard !ids.contains(nil) else { return [] }
    var seen: Set<String> = []
    return ids.compactMap { $0 }.filter { seen.insert($0).inserted }
  }

  private var organization: String {
    let own = places.first { $0.hasPrefix("organizations/") }
    return own.map { String($0.dropFirst("organizations/".count)) } ?? "ORGANIZATION"
  }

  /// `resource "google_project_iam_custom_role" …`, one for each project.
  public var terraform: String {
    let body = """
        role_id     = \(Terraform.text(id))
        title       = \(Terraform.text(title))
        description = \(Terraform.text(use))
        permissions = \(Terraform.list(permissions))
      }
      """
    guard !projects.isEmpty else {
      return """
        resource "google_organization_iam_custom_role" "\(Terraform.label(id))" {
          org_id      = \(Terraform.text(organization))
        \(body)
        """
    }
    return projects.map { project in
      """
      resource "google_project_iam_custom_role" "\(Terraform.label("\(id)_\(project)"))" {
        project     = \(Terraform.text(project))
      \(body)
      """
    }.joined(separator: "\n\n")
  }

  /// What is done with it, one command a line; `MEMBER` is the watch's own identity.
  public var steps: [String] {
    let owner = projects.isEmpty ? "--organization=\(organization)" : nil
    let creations =
      owner.map { ["gcloud iam roles create \(id) \($0) --file=\(id).json"] }
      ?? projects.map { "gcloud iam roles create \(id) --project=\($0) --file=\(id).json" }
    return creations + places.map(binding)
  }

  private func binding(_ place: String) -> String {
    let parts = place.split(separator: "/").map(String.init)
    let role =
      projects.isEmpty || parts.count < 2
      ? "organizations/\(organization)/roles/\(id)" : "projects/\(parts[1])/roles/\(id)"
    let who = "--member=MEMBER --role=\(role)"
    switch (parts.first, parts.count) {
    case ("projects", 2): return "gcloud projects add-iam-policy-binding \(parts[1]) \(who)"
    case ("folders", 2):
      return "gcloud resource-manager folders add-iam-policy-binding \(parts[1]) \(who)"
    case ("organizations", 2):
      return "gcloud organizations add-iam-policy-binding \(parts[1]) \(who)"
    case ("projects", 4) where parts[2] == "subscriptions":
      return
        "gcloud pubsub subscriptions add-iam-policy-binding \(parts[3]) --project=\(parts[1]) \(who)"
    case ("projects", 4) where parts[2] == "serviceAccounts":
      return "gcloud iam service-accounts add-iam-policy-binding \(parts[3]) \(who)"
    default: return "bind it at \(place)"
    }
  }
}
