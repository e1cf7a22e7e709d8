import Glibc

/// Directories, by path.
public enum Directory {
  /// Makes the directory and all above it that are missing (mkdir -p), with mode 0700.
  /// ENOTDIR when something else has that name.
  public static func create(_ path: String) throws(PosixError) {
    if isDirectory(path) { return }
    let above = parent(of: path)
    if above != path, above != "." { try create(above) }
    if mkdir(path, 0o700) == 0 { return }
    let code = errno
    // Another process may have been faster.
    if code == EEXIST, isDirectory(path) { return }
    throw PosixError(code: code == EEXIST ? ENOTDIR : code, call: "mkdir", path: path)
  }

  /// Returns when the directory's entries (new files, renames) are on the disk.
  public static func sync(_ path: String) throws(PosixError) {
    let descriptor = try check("open", path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { close(descriptor) }
    try check("fsync", path) { fsync(descriptor) }
  }

  /// The names in the directory without "." and "..", sorted; bytes that are not UTF-8 are repaired,
  /// so such a file is listed but cannot be opened by that name.
  public static func names(in path: String) throws(PosixError) -> [String] {
    guard let stream = opendir(path) else {
      throw PosixError(code: errno, call: "opendir", path: path)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  public static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The directory part of a path: "a/b" gives "a", "/a" gives "/", "a" gives ".".
  public static func parent(of path: String) -> String {
    var rest = path[...]
    while rest.count > 1, rest.last == "/" { rest.removeLast() }
    guard let slash = rest.lastIndex(of: "/") else { return "." }
    let above = rest[..<slash]
    return above.isEmpty ? "/" : String(above)
  }
}
