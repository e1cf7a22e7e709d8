import Testing

@testable import CloudAPI

@Suite struct XMLReaderTests {
  private func read(_ text: String) throws(XMLProblem) -> XMLNode {
    try XMLReader.read(Array(text.utf8))
  }

  @Test func readsElementsTextAndReferences() throws {
    let root = try read(
      """
      <?xml version="1.0"?><!-- hello --><r xmlns="urn:x" a='1'>
        <n:k>a &amp; b&lt;&#65;&#x1F600;<![CDATA[<raw>&]]></n:k><e/>
        <k>two</k>
      </r>
      """)
    #expect(root.name == "r")
    #expect(root.text == "")
    #expect(root.text("k") == "a & b<A😀<raw>&")
    #expect(root.all("k").map(\.text) == ["a & b<A😀<raw>&", "two"])
    #expect(root["e"] == XMLNode("e"))
    #expect(root["missing"] == nil)
  }

  @Test(arguments: [
    ("", XMLProblem.empty), ("<a>", .cut), ("<a", .cut), ("<a b", .cut), ("<a b='", .cut),
    ("<a>x&am", .cut), ("<a><![CDATA[x</a>", .cut), ("<!-- x", .cut),
    ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", .doctype(offset: 0)),
    ("<a>&nbsp;       </a>", .badReference(offset: 3)),
    ("<a>&#0;         </a>", .badReference(offset: 3)),
    ("<a>&#xD800;     </a>", .badReference(offset: 3)),
    ("<a></b>", .wrongEnd(opened: "a", closed: "b", offset: 3)), ("<a/><b/>", .more(offset: 4)),
    ("<a/>text", .more(offset: 4)), ("text", .badMarkup(offset: 0)),
    ("</a>", .badMarkup(offset: 0)),
    ("<a b=c>", .badMarkup(offset: 5)), ("<a b='<'>", .badMarkup(offset: 6)),
    ("< a>", .badMarkup(offset: 1)),
  ])
  func refuses(_ text: String, _ problem: XMLProblem) {
    #expect(throws: problem) { try read(text) }
  }

  @Test func refusesBadUTF8() {
    #expect(throws: XMLProblem.badUTF8) { try XMLReader.read([0x3c, 0x61, 0x3e, 0xff]) }
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(throws: XMLProblem.tooDeep(limit: XMLReader.depthLimit)) { try read(deep) }
  }

  @Test func survivesCutsAndFlips() {
    let text = Array("<?xml version='1.0'?><a x='1'><b>é&amp;</b><![CDATA[c]]></a>".utf8)
    var readable = 0
    for end in 0..<text.count {
      if (try? XMLReader.read(Array(text[..<end]))) != nil { readable += 1 }
    }
    #expect(readable == 0)
    for index in text.indices {
      for byte in stride(from: UInt8(0), through: 255, by: 5) {
        var changed = text
        changed[index] = byte
        _ = try? XMLReader.read(changed)
      }
    }
  }
}
