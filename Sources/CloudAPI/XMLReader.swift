/// Why bytes are not XML that we accept. Offsets count bytes from 0.
public enum XMLProblem: Error, Sendable, Equatable {
  case empty
  case cut
  case badUTF8
  /// A document type could define entities: never accepted.
  case doctype(offset: Int)
  case badMarkup(offset: Int)
  case badReference(offset: Int)
  case wrongEnd(opened: String, closed: String, offset: Int)
  case tooDeep(limit: Int)
  case more(offset: Int)
}

/// A strict reader for the XML of EC2, STS and S3: elements, text, CDATA, comments, the five
/// predefined entities and character references. No document types, no recursion, bounded depth.
public struct XMLReader {
  /// Elements inside each other; AWS's answers stay below 12.
  public static let depthLimit = 32

  let bytes: [UInt8]
  var offset = 0
  private var open: [XMLNode] = []
  private var root: XMLNode?

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The root element.
  public static func read(_ bytes: [UInt8]) throws(XMLProblem) -> XMLNode {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw .badUTF8 }
    var reader = XMLReader(bytes)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { reader.offset = 3 }
    while reader.offset < bytes.count {
      if bytes[reader.offset] == UInt8(ascii: "<") {
        try reader.markup()
      } else {
        try reader.characters()
      }
    }
    guard reader.open.isEmpty else { throw .cut }
    guard let root = reader.root else { throw .empty }
    return root
  }

  private mutating func markup() throws(XMLProblem) {
    if skip("<?") { return try pass("?>") }
    if skip("<!--") { return try pass("-->") }
    if skip("<![CDATA[") {
      let start = offset
      try pass("]]>")
      guard !open.isEmpty else { throw .badMarkup(offset: start) }
      open[open.count - 1].text += String(decoding: bytes[start..<offset - 3], as: UTF8.self)
      return
    }
    if starts("<!") { throw .doctype(offset: offset) }
    if skip("</") { return try endTag() }
    try startTag()
  }

  private mutating func startTag() throws(XMLProblem) {
    let start = offset
    offset += 1
    if root != nil, open.isEmpty { throw .more(offset: start) }
    let name = try name()
    guard open.count < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit) }
    while true {
      let spaced = skipSpace()
      guard offset < bytes.count else { throw .cut }
      if skip("/>") { return close(XMLNode(name)) }
      if skip(">") { return open.append(XMLNode(name)) }
      guard spaced else { throw .badMarkup(offset: offset) }
      try attribute()
    }
  }

  private mutating func attribute() throws(XMLProblem) {
    _ = try name()
    _ = skipSpace()
    guard skip("=") else { throw offset < bytes.count ? .badMarkup(offset: offset) : .cut }
    _ = skipSpace()
    guard offset < bytes.count else { throw .cut }
    let quote = bytes[offset]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw .badMarkup(offset: offset)
    }
    offset += 1
    while offset < bytes.count, bytes[offset] != quote {
      if bytes[offset] == UInt8(ascii: "<") { throw .badMarkup(offset: offset) }
      offset += 1
    }
    guard offset < bytes.count else { throw .cut }
    offset += 1
  }

  private mutating func endTag() throws(XMLProblem) {
    let start = offset - 2
    let name = try name()
    _ = skipSpace()
    guard skip(">") else { throw offset < bytes.count ? .badMarkup(offset: offset) : .cut }
    guard let node = open.popLast() else { throw .badMarkup(offset: start) }
    guard node.name == name else {
      throw .wrongEnd(
        opened: PlainLine.make(node.name, limit: 40), closed: PlainLine.make(name, limit: 40),
        offset: start)
    }
    close(node)
  }

  /// Space between elements is layout, not text.
  private mutating func close(_ node: XMLNode) {
    var node = node
    if !node.children.isEmpty, node.text.allSatisfy(\.isWhitespace) { node.text = "" }
    if open.isEmpty { root = node } else { open[open.count - 1].children.append(node) }
  }

  private mutating func characters() throws(XMLProblem) {
    let start = offset
    if open.isEmpty {
      _ = skipSpace()
      guard offset == bytes.count || bytes[offset] == UInt8(ascii: "<") else {
        throw root == nil ? .badMarkup(offset: start) : .more(offset: start)
      }
      return
    }
    var out: [UInt8] = []
    var run = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "<") {
      if bytes[offset] == UInt8(ascii: "&") {
        out += bytes[run..<offset]
        out += String(try reference()).utf8
        run = offset
      } else {
        offset += 1
      }
    }
    out += bytes[run..<offset]
    open[open.count - 1].text += String(decoding: out, as: UTF8.self)
  }
}
