import Testing
import WatchCore

@testable import WatchConsole

/// What was acted on has room in a row, whatever the actor is called.
@Suite struct AlertWordsTests {
  private func alert(_ what: String, actor: String) throws -> Alert {
    let raise = Raise(
      alert: AlertID(1), code: "azure.setting.deleted",
      source: SourceID(cloud: .azure, account: "acme", name: "activity-log"),
      place: Place(account: "acme", region: "dev"), kind: .condition, priority: .high,
      failed: Timestamp(millis: 0), what: what,
      cause: Cause(
        actor: actor, action: "delete", region: "dev", at: Timestamp(millis: 0)))
    let picture = Picture([
      Entry(seq: 1, prev: "", at: Timestamp(millis: 0), boot: 0, event: .raise(raise))
    ])
    return try #require(picture.alerts[AlertID(1)])
  }

  @Test(
    "The actor is cut before the setting, and no more than needed",
    arguments: [
      (200, "SETTING DELETED by sam@acme.example: to-siem, Microsoft.Insights/x"),
      (44, "SETTING DELETED by sam@acme.example: to-siem, Microsoft.Insights/x"),
      (43, "SETTING DELETED by sam@..: to-siem, Microsoft.Insights/x"),
      (34, "SETTING DELETED by sam@..: to-siem, Microsoft.Insights/x"),
      (20, "SETTING DELETED by sam..: to-siem, Microsoft.Insights/x"),
    ])
  func mail(_ width: Int, _ words: String) throws {
    let what = "SETTING DELETED by sam@acme.example: to-siem, Microsoft.Insights/x"
    #expect(try alert(what, actor: "sam@acme.example").words(in: width) == words)
  }

  @Test("Where the actor stands last, nothing is gained by cutting the name")
  func last() throws {
    let what = "DELETED to-siem by svc-terraform, acme-dev 03:01Z"
    #expect(try alert(what, actor: "svc-terraform").words(in: 30) == what)
    #expect(
      try alert("STOPPED by dev, us-east-1", actor: "dev").words(in: 5)
        == "STOPPED by dev, us-east-1")
  }
}
