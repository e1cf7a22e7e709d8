import CNcurses
import Glibc
import TextCanvas

/// Which characters the locale lets through.
public enum CharacterSet {
  /// Sets the process's LC_CTYPE from the environment, as ncurses needs it, and tells what may be
  /// drawn. A UTF-8 locale that is not installed (usual over SSH) is replaced by C.UTF-8.
  public static func adopt(environment: [String: String]) -> Alphabet {
    let isSet = setlocale(LC_CTYPE, "") != nil
    if !isSet, asksForUTF8(environment) { setlocale(LC_CTYPE, "C.UTF-8") }
    let codeset = nl_langinfo(nl_item(CODESET)).map { String(cString: $0) }
    return codeset == "UTF-8" ? .unicode : .ascii
  }

  /// Whether the locale's name asks for UTF-8: LC_ALL goes before LC_CTYPE, that before LANG; an
  /// empty one counts as not set (locale(7)).
  static func asksForUTF8(_ environment: [String: String]) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
    guard let name = names.first(where: { !$0.isEmpty }) else { return false }
    let codeset = name.split(separator: ".").dropFirst().first?.prefix { $0 != "@" } ?? ""
    return ["utf-8", "utf8"].contains(codeset.lowercased())
  }
}
