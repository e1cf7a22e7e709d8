/// One element of a small XML answer: its name without prefix, its text, its children.
/// Attributes carry nothing in AWS's answers and are not kept.
public struct XMLNode: Sendable, Equatable {
  public var name: String
  /// All character data directly inside this element, in order.
  public var text: String
  public var children: [XMLNode]

  public init(_ name: String, text: String = "", children: [XMLNode] = []) {
    self.name = name
    self.text = text
    self.children = children
  }

  /// The first child of that name.
  public subscript(_ name: String) -> XMLNode? {
    children.first { $0.name == name }
  }

  /// The text of the first child of that name, nil when there is none.
  public func text(_ name: String) -> String? {
    self[name]?.text
  }

  /// All children of that name.
  public func all(_ name: String) -> [XMLNode] {
    children.filter { $0.name == name }
  }
}
