import Foundation
import Posix
import Testing

@Suite struct DirectoryTests {
  @Test func `makes all that is missing, once`() throws {
    let root = try TemporaryDirectory()
    let deep = root.file("a/b/c")
    try Directory.create(deep)
    try Directory.create(deep)
    try Directory.create(deep + "/d/")
    #expect(Directory.isDirectory(deep + "/d"))
    #expect(mode(of: deep) == 0o700)
    #expect(mode(of: root.file("a")) == 0o700)
    try Directory.sync(deep)
  }

  @Test func `something in the way`() throws {
    let root = try TemporaryDirectory()
    try File.replace(root.file("file"), with: [])
    let path = root.file("file")
    #expect(throws: PosixError(code: ENOTDIR, call: "mkdir", path: path)) {
      try Directory.create(path)
    }
    #expect(throws: PosixError(code: ENOTDIR, call: "mkdir", path: path)) {
      try Directory.create(path + "/below")
    }
  }

  @Test(arguments: [
    ("a/b", "a"), ("/a", "/"), ("a", "."), ("/", "/"), ("/a/b/", "/a"), ("a//b", "a/"), ("", "."),
  ])
  func `the directory part`(path: String, parent: String) {
    #expect(Directory.parent(of: path) == parent)
  }

  @Test func `lists names`() throws {
    let root = try TemporaryDirectory()
    for name in ["z", ".hidden", "é"] { try File.replace(root.file(name), with: []) }
    #expect(try Directory.names(in: root.path) == [".hidden", "z", "é"])
    #expect(throws: PosixError(code: ENOENT, call: "opendir", path: "/nowhere")) {
      try Directory.names(in: "/nowhere")
    }
  }
}
