import Testing

@testable import CloudAPI

@Suite struct AWSConfigFileTests {
  private func parse(_ text: String) throws(AWSConfigFileError) -> AWSConfigFile {
    try AWSConfigFile.parse(Array(text.utf8))
  }

  @Test func readsWhatPeopleWrite() throws {
    let file = try parse(
      "\u{feff}# a comment\r\n[default]\r\nRegion = eu-west-1\r\n; another\r\n\r\n"
        + "[profile \"two words\"]  # trailing\nrole_arn=arn:aws:iam::1:role/a=b\n"
        + "services = s\ns3 =\n  addressing_style = path\n  # inside\n\tx = y\nlast = z # kept\n"
        + "[default]\nregion = us-east-1\n[services s]\ncloudtrail =\n  endpoint_url = http://x\n")
    #expect(file.section("default")?.plain("region") == "us-east-1")
    #expect(file.section("profile two words")?.plain("role_arn") == "arn:aws:iam::1:role/a=b")
    #expect(
      file.section("profile two words")?.nested["s3"] == ["addressing_style": "path", "x": "y"])
    #expect(file.section("profile two words")?.plain("last") == "z # kept")
    #expect(file.section("services s")?.nested["cloudtrail"]?["endpoint_url"] == "http://x")
  }

  @Test(arguments: [
    ("region = x", 1, AWSConfigFileError.Problem.settingOutsideSection),
    ("[default]\n\nregion", 3, .noEqualsSign), ("[default\nregion = x", 1, .openSection),
    ("[default]\n= x", 2, .emptyName), ("[ ]", 1, .emptySection), ("[]", 1, .emptySection),
    ("[default]\nregion = a\u{0}b", 2, .controlCharacter),
    ("[default]\nregion = \u{1b}[2J", 2, .controlCharacter),
    ("[default]\ns3 =\n  nonsense", 3, .noEqualsSign),
  ])
  func namesTheLine(_ text: String, _ line: Int, _ problem: AWSConfigFileError.Problem) {
    #expect(throws: AWSConfigFileError(line: line, problem: problem)) { try parse(text) }
  }

  @Test func namesTheLineOfBadUTF8() {
    let bytes = Array("[default]\nregion = ".utf8) + [0xff, 0x0a]
    #expect(throws: AWSConfigFileError(line: 2, problem: .notUTF8)) {
      try AWSConfigFile.parse(bytes)
    }
  }

  @Test func survivesCutsAndFlips() throws {
    let text = Array("[default]\nregion = x\ns3 =\n  a = b\n[profile \"q\"]\n# c\nk=v".utf8)
    for end in 0..<text.count { _ = try? AWSConfigFile.parse(Array(text[..<end])) }
    for index in text.indices {
      for byte in stride(from: UInt8(0), through: 255, by: 3) {
        var changed = text
        changed[index] = byte
        if let file = try? AWSConfigFile.parse(changed) { #expect(file.sections.count <= 2) }
      }
    }
  }

  @Test func errorsNeverQuoteTheLine() throws {
    let error = CredentialError.badFile(
      path: "/home/mira/.aws/credentials", AWSConfigFileError(line: 2, problem: .noEqualsSign))
    #expect(error.plain == "/home/mira/.aws/credentials, line 2: a setting has no =.")
  }

  @Test func credentialsFileWinsAndOnlyNamedSectionsAreProfiles() throws {
    let config = AWSSharedConfig(
      config: try parse(
        "[profile a]\nregion = r1\naws_access_key_id = old\n[b]\nregion = no\n[plugins]\nx = y\n"
          + "[default]\nregion = d0\n[profile default]\nregion = d1\n[sso-session s]\nsso_region = q"
      ),
      credentials: try parse("[a]\naws_access_key_id = new\n[c]\nregion = yes"))
    #expect(config.profile("a")?.plain("aws_access_key_id") == "new")
    #expect(config.profile("a")?.plain("region") == "r1")
    #expect(config.profile("b") == nil)
    #expect(config.profile("plugins") == nil)
    #expect(config.profile("c")?.plain("region") == "yes")
    #expect(config.profile("default")?.plain("region") == "d1")
    #expect(config.ssoSession("s")?.plain("sso_region") == "q")
  }
}
