import Testing

@testable import Transfer

/// What may stand in a mail's envelope. The dialogue itself is tested against servers in Tests/Clouds.
struct MailTests {
  @Test(arguments: [
    ("smtps://mail.example.com", "smtps://mail.example.com:465"),
    ("smtp://mail.example.com", "smtp://mail.example.com:587"),
    ("SMTP://Mail.example.com:2525", "smtp://mail.example.com:2525"),
    ("smtp://127.0.0.1:25", "smtp://127.0.0.1:25"),
    ("http://mail.example.com", nil), ("smtp://", nil), ("smtp://u:p@mail.example.com", nil),
    ("smtp://mail.example.com/ehlo", nil), ("smtp://mail.example.com:0", nil),
    ("smtp://mail.example.com:+25", nil), ("smtp://mail example.com", nil),
    ("smtp://mail.example.com\r\nRSET", nil), ("smtp://-h", nil), ("", nil),
  ])
  func servers(_ text: String, _ wanted: String?) {
    #expect(MailServer(text)?.url == wanted)
  }

  @Test(arguments: [
    ("watch@example.com", true), ("a+b.c@x-y.example", true), ("a@b", true),
    ("-f@example.com", false), ("a@-b", false), ("a b@c", false), ("a@b@c", false), ("@b", false),
    ("a@", false), ("a>@b", false), ("a@b\r\nDATA", false), ("ä@b", false), ("\"a\"@b", false),
  ])
  func addresses(_ text: String, _ isGood: Bool) {
    #expect(MailRequest.isAddress(text) == isGood)
  }

  @Test func nothingIsSentToABadAddress() async throws {
    let client = try CurlTransfer.mailClient()
    let server = try #require(MailServer("smtp://127.0.0.1:1"))
    for (from, to) in [("a@b\r\nX", ["c@d"]), ("a@b", ["c@d", "e f@g"]), ("a@b", [])] {
      await #expect(throws: MailError.badAddress) {
        try await client.send(MailRequest(server: server, from: from, to: to, message: []))
      }
    }
  }

  @Test func nobodyListens() async throws {
    let client = try CurlTransfer.mailClient()
    let server = try #require(MailServer("smtp://127.0.0.1:1"))
    do throws(MailError) {
      _ = try await client.send(
        MailRequest(server: server, from: "a@b.example", to: ["c@d.example"], message: []))
      Issue.record("sent")
    } catch {
      guard case .network(.connectFailed) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func aLoginIsNeverShown() {
    let login = MailLogin(user: "u5er", password: "s3cret")
    var dumped = ""
    dump(login, to: &dumped)
    for text in ["\(login)", dumped, String(reflecting: login)] {
      #expect(!text.contains("u5er") && !text.contains("s3cret"))
    }
  }
}
