import Glibc
import Posix
import WatchCore
import WatchSetup

/// Policy documents on standard output, one after another, or in files; what is to be known of them
/// on standard error, so that a pipe gets documents alone.
struct PolicyOutput {
  enum Form {
    case json, terraform
  }

  var form: Form
  /// A folder.
  var folder: String?

  init(_ arguments: Arguments) throws {
    folder = arguments.value("--output")
    switch arguments.value("--format") {
    case nil, "json"?: form = .json
    case "terraform"?: form = .terraform
    case let other?:
      throw UsageError.badValue("--format", other, "json or terraform is wanted")
    }
  }

  func write(_ documents: [PrintedPolicy]) throws {
    for document in documents {
      Printer.error(
        "\(document.name): \(document.use); \(document.characters) of \(document.limit) characters "
          + "without white space")
      try put(
        document.name, form == .json ? document.json.pretty : Terraform.text(document))
    }
    if documents.contains(where: { $0.characters > $0.limit }) {
      throw ProgramError("a document is larger than AWS takes: choose with --account", status: 65)
    }
  }
}

/// A custom role of Azure or Google Cloud, with what is done with it.
struct RoleDocument {
  var name: String
  var use: String
  var json: JSON
  var terraform: String
  /// Commands, one a line.
  var steps: [String]
}

extension PolicyOutput {
  func write(roles: [RoleDocument]) throws {
    for role in roles {
      Printer.error("\(role.name): \(role.use)")
      try put(role.name, form == .json ? role.json.pretty : role.terraform)
      guard form == .json else { continue }
      for step in role.steps {
        Printer.error("  " + step.replacing("\(role.name).json", with: place(role.name)))
      }
    }
  }

  /// Where a document is written, or is to be saved.
  private func place(_ name: String) -> String {
    let file = "\(name).\(form == .json ? "json" : "tf")"
    return folder.map { $0.hasSuffix("/") ? $0 + file : "\($0)/\(file)" } ?? file
  }

  private func put(_ name: String, _ text: String) throws {
    guard let folder else {
      Printer.page(text)
      return
    }
    if !Directory.isDirectory(folder) {
      do throws(PosixError) {
        try Directory.create(folder)
      } catch {
        throw ProgramError("\(folder): \(error.reason): name a folder for --output", status: 73)
      }
    }
    let path = place(name)
    try NewFile.write(text + "\n", to: path)
    Printer.line(path)
  }
}

/// A file that must not be there yet.
enum NewFile {
  static func write(_ text: String, to path: String) throws(ProgramError) {
    do throws(PosixError) {
      try File.create(path, with: Array(text.utf8))
    } catch {
      let todo = error.code == EEXIST ? "; it is left as it is: name another" : ""
      throw ProgramError("\(path): \(error.reason)\(todo)", status: 73)
    }
  }
}
