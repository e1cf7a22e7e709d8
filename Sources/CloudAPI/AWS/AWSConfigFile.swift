/// A line of a configuration or credentials file that cannot be read. It never quotes the line,
/// which may hold a secret.
public struct AWSConfigFileError: Error, Sendable, Equatable {
  public enum Problem: Error, Sendable, Equatable {
    case notUTF8
    case openSection
    case emptySection
    case settingOutsideSection
    case noEqualsSign
    case emptyName
    case controlCharacter
  }

  /// Counted from 1.
  public var line: Int
  public var problem: Problem
}

/// One parsed INI file as the AWS tools write it: sections, `name = value`, indented lines below an
/// empty value as settings of that name, `#` and `;` comment lines. Names compare without case.
/// (AWS SDKs and Tools Reference Guide, "Shared config and credentials files".)
struct AWSConfigFile: Sendable, Equatable {
  struct Section: Sendable, Equatable {
    var name: String
    /// Values may be secrets: a section never leaves this target.
    var values: [String: Secret] = [:]
    /// `services` and `s3` settings: name, then setting, then value.
    var nested: [String: [String: String]] = [:]
  }

  private(set) var sections: [Section] = []

  /// A section met twice is one section; a later value replaces an earlier one.
  static func parse(_ bytes: [UInt8]) throws(AWSConfigFileError) -> AWSConfigFile {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw AWSConfigFileError(line: firstBadLine(bytes), problem: .notUTF8)
    }
    var file = AWSConfigFile()
    var place = Place()
    let body =
      text.unicodeScalars.first == "\u{feff}"
      ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
    var number = 0
    for raw in body.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      do {
        try file.take(Line(raw), &place)
      } catch {
        throw AWSConfigFileError(line: number, problem: error)
      }
    }
    return file
  }

  func section(_ name: String) -> Section? {
    sections.first { $0.name == name }
  }

  /// Where the reader stands: the open section, and the name whose indented lines may follow.
  private struct Place {
    var section: Int?
    var setting: String?
  }

  private struct Line {
    var text: String
    var isIndented: Bool

    init(_ raw: String.UnicodeScalarView.SubSequence) {
      isIndented = raw.first == " " || raw.first == "\t"
      text = Line.trim(raw)
    }

    static func trim(_ raw: String.UnicodeScalarView.SubSequence) -> String {
      let space: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
      var middle = raw.drop(while: space)
      while let last = middle.last, space(last) { middle.removeLast() }
      return String(middle)
    }
  }

  private mutating func take(
    _ line: Line, _ place: inout Place
  ) throws(AWSConfigFileError.Problem) {
    let text = line.text
    if text.isEmpty || text.hasPrefix("#") || text.hasPrefix(";") { return }
    if text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" }) {
      throw .controlCharacter
    }
    if text.hasPrefix("["), !line.isIndented { return try openSection(text, &place) }
    guard let section = place.section else { throw .settingOutsideSection }
    if line.isIndented, let setting = place.setting {
      return try takeIndented(text, under: setting, in: section)
    }
    let (name, value) = try pair(text)
    place.setting = name
    sections[section].values[name] = Secret(value)
  }

  private mutating func openSection(
    _ text: String, _ place: inout Place
  ) throws(AWSConfigFileError.Problem) {
    guard let end = text.firstIndex(of: "]") else { throw .openSection }
    let inside = text[text.index(after: text.startIndex)..<end]
    let words = ShellWords.split(String(inside)) ?? []
    guard !words.isEmpty else { throw .emptySection }
    let name = words.joined(separator: " ")
    place = Place(section: sections.firstIndex { $0.name == name }, setting: nil)
    if place.section == nil {
      sections.append(Section(name: name))
      place.section = sections.count - 1
    }
  }

  /// Below an empty value: a setting of its own. Below a value: more of that value.
  private mutating func takeIndented(
    _ text: String, under setting: String, in section: Int
  ) throws(AWSConfigFileError.Problem) {
    let value = sections[section].values[setting]?.reveal ?? ""
    guard value.isEmpty else {
      sections[section].values[setting] = Secret(value + "\n" + text)
      return
    }
    let (name, inner) = try pair(text)
    sections[section].nested[setting, default: [:]][name] = inner
  }

  private func pair(_ text: String) throws(AWSConfigFileError.Problem) -> (String, String) {
    guard let equals = text.firstIndex(of: "=") else { throw .noEqualsSign }
    let name = Line.trim(text[..<equals].unicodeScalars)
    guard !name.isEmpty else { throw .emptyName }
    return (name.lowercased(), Line.trim(text[text.index(after: equals)...].unicodeScalars))
  }

  private static func firstBadLine(_ bytes: [UInt8]) -> Int {
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
    return (bad ?? 0) + 1
  }
}
