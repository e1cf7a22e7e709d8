import WatchProbes

/// Keys among the arguments of a program, also in a line that a shell is to read.
extension Secrets {
  /// The first argument that holds a secret: by its shape, or by the option or name that it belongs to.
  /// A path is none: what stands there is read by the program. Nor is what a shell puts in (`$TOKEN`).
  static func first(inArguments arguments: [String]) -> Int? {
    var before: Substring?
    for (index, text) in arguments.enumerated() {
      if isValue(text) || SecretMask.apply(text) != text || isHeader(text) { return index }
      for word in words(text) {
        if isSecret(word, after: before) { return index }
        before = word
      }
    }
    return nil
  }

  /// As a shell has them, near enough: without the quotes and brackets around them.
  private static func words(_ text: String) -> [Substring] {
    text.split(omittingEmptySubsequences: false) { $0.isWhitespace || $0 == ";" || $0 == "|" }
      .map { word in
        var word = word.drop { "'\"({".contains($0) }
        while let last = word.last, "'\")}".contains(last) { word.removeLast() }
        return word
      }
  }

  private static func isSecret(_ word: Substring, after before: Substring?) -> Bool {
    if word.contains("://") { return isInAddress(String(word)) }
    return isValue(String(word)) || isKeyWord(word) || isPaired(word) || isAttachedLogin(word)
      || before.map { belongs(word, to: $0) } ?? false
  }

  /// `--token …`, `-u mira:…`, `X-Api-Key: …`
  private static func belongs(_ value: Substring, to name: Substring) -> Bool {
    if name.last == ":" { return isKeyName(name.dropLast()) && isBare(value) }
    guard name.first == "-", !name.contains("=") else { return false }
    return isName(String(name)) && isBare(value) || isLoginOption(name) && isLogin(value)
  }

  private static func isLoginOption(_ name: Substring) -> Bool {
    ["-u", "--user", "--proxy-user"].contains(name)
  }

  /// `-umira:…`, as curl takes it too.
  private static func isAttachedLogin(_ word: Substring) -> Bool {
    word.hasPrefix("-u") && isLogin(word.dropFirst(2))
  }

  /// `mira:…`, and no user's and group's numbers.
  private static func isLogin(_ value: Substring) -> Bool {
    guard isBare(value), let colon = value.firstIndex(of: ":") else { return false }
    let password = value[value.index(after: colon)...]
    return isBare(password) && !value.allSatisfy { $0.isNumber || $0 == ":" }
  }

  /// `PAGER_KEY=…`, `--user=mira:…`, `X-Api-Key:…`: a name that says it, also at its end, and its value.
  private static func isPaired(_ word: Substring) -> Bool {
    word.split { $0 == "&" || $0 == "," }.contains { pair in
      if let equals = pair.firstIndex(of: "=") {
        let (name, value) = (pair[..<equals], pair[pair.index(after: equals)...])
        return isKeyName(name) && isBare(value) || isLoginOption(name) && isLogin(value)
      }
      guard let colon = pair.firstIndex(of: ":") else { return false }
      return !pair[..<colon].contains("/") && pair[..<colon].lowercased().hasSuffix("-key")
        && isBare(pair[pair.index(after: colon)...])
    }
  }

  /// A whole argument: its first words are the name.
  private static func isHeader(_ text: String) -> Bool {
    guard !text.contains("://"), let colon = text.firstRange(of: ": ") else { return false }
    return isKeyName(text[..<colon.lowerBound]) && isBare(text[colon.upperBound...])
  }

  private static func isKeyName(_ name: Substring) -> Bool {
    let plain = name.lowercased()
    return isName(plain) || plain.hasSuffix("_key") || plain.hasSuffix("-key")
      || plain.hasSuffix("authorization")
  }

  /// Not what is part of a path: a program reads what stands there.
  private static func isKeyWord(_ word: Substring) -> Bool {
    !word.contains("/") && isKey(word)
  }

  private static func isBare(_ value: Substring) -> Bool {
    guard let first = value.first else { return false }
    return !"/~-$`".contains(first)
  }
}
