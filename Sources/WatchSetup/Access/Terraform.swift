import WatchCore

/// A policy document as Terraform's own language takes it.
public enum Terraform {
  /// `resource "aws_iam_policy" "watchkeeper_prod" { … }`; a trust policy and a service control
  /// policy become what holds one.
  public static func text(_ document: PrintedPolicy) -> String {
    let label = label(document.name)
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
  /// A resource's own name: letters, digits, `_`.
  static func label(_ name: String) -> String {
    String(name.unicodeScalars.map { $0.isWordOrDigit ? Character($0) : "_" })
  }

  /// A text in quotes. In one, `${` and `%{` begin a template.
  static func text(_ text: String) -> String {
    JSON.string(text).line.replacing("${", with: "$${").replacing("%{", with: "%%{")
  }

  /// `["a", "b"]`
  static func list(_ texts: [String]) -> String {
    "[\(texts.map { Self.text($0) }.joined(separator: ", "))]"
  }
}
