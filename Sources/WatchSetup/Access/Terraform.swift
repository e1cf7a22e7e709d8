/// A policy document as Terraform's own language takes it.
public enum Terraform {
  /// `resource "aws_iam_policy" "watchkeeper_prod" { … }`; a trust policy and a service control
  /// policy become what holds one.
  public static func text(_ document: PrintedPolicy) -> String {
    let label = String(
      document.name.unicodeScalars.map { scalar -> Character in
        let isWord =
          ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar)
        return isWord ? Character(scalar) : "_"
      })
    // In a heredoc ${ and %{ begin a template.
    let policy = document.json.pretty.split(separator: "\n")
      .map { line in
        "    "
          + String(line).replacing("${", with: "$${").replacing("%{", with: "%%{")
      }.joined(separator: "\n")
    let lines: [String]
    switch document.limit {
    case PrintedPolicy.trustLimit:
      lines = [
        "resource \"aws_iam_role\" \"\(label)\" {", "  name = \"watchkeeper\"",
        "  assume_role_policy = <<-POLICY",
      ]
    case PrintedPolicy.controlLimit:
      lines = [
        "resource \"aws_organizations_policy\" \"\(label)\" {", "  name = \"\(document.name)\"",
        "  type = \"SERVICE_CONTROL_POLICY\"", "  content = <<-POLICY",
      ]
    default:
      lines = [
        "resource \"aws_iam_policy\" \"\(label)\" {", "  name = \"\(document.name)\"",
        "  policy = <<-POLICY",
      ]
    }
    return (lines + [policy, "  POLICY", "}"]).joined(separator: "\n")
  }
}
