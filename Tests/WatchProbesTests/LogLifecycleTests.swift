import CloudAPI
import Foundation
import Testing
import WatchCore

@testable import WatchProbes

struct LogLifecycleTests {
  static let own = LogFolderNames(prefix: "logs", account: "111122223333")
  static let organization = LogFolderNames(
    prefix: nil, account: "111122223333", organization: "o-abcdefghij", isOrganization: true)

  @Test(arguments: [
    ("", true), ("logs", true), ("logs/AWSLogs/", true), ("logs/AWSLogs/111122223333/", true),
    ("logs/AWSLogs/1111", true), ("logs/AWSLogs/111122223333/CloudTrail/us-east-1/", true),
    ("logs/AWSLogs/111122223333/CloudTrail-Digest/", true),
    ("logs/AWSLogs/111122223333/Cloud", true), ("other/", false), ("AWSLogs/", false),
    ("logs/AWSLogs/999988887777/", false),
    ("logs/AWSLogs/111122223333/elasticloadbalancing/", false),
    ("logs/AWSLogs/111122223333/CloudTrailOld/", false), ("logs/AWSLogs/o-abcdefghij/", false),
  ])
  func `a prefix touches log files or not`(_ prefix: String, _ wanted: Bool) {
    #expect(Self.own.touches(prefix) == wanted)
  }

  @Test(arguments: [
    ("AWSLogs/o-abcdefghij/", true), ("AWSLogs/o-abcdefghij/444455556666/", true),
    ("AWSLogs/o-abcdefghij/444455556666/CloudTrail/", true),
    ("AWSLogs/o-abcdefghij/444455556666/vpcflowlogs/", false), ("AWSLogs/o-zzzzzzzzzz/", false),
    ("AWSLogs/111122223333/", true), ("AWSLogs/111122223333/Config/", false),
  ])
  func `an organization's too`(_ prefix: String, _ wanted: Bool) {
    #expect(Self.organization.touches(prefix) == wanted)
  }

  @Test(arguments: [
    ([], LogLifecycle.End.never),
    (
      [LifecycleRule(id: "a", expireDays: 400), LifecycleRule(id: "b", expireDays: 30)],
      .after(days: 30, rule: "b")
    ),
    ([LifecycleRule(id: "a", isEnabled: false, expireDays: 1)], .never),
    ([LifecycleRule(id: "a", prefix: "tmp/", expireDays: 1)], .never),
    ([LifecycleRule(id: "a", tags: ["k": "v"], expireDays: 1)], .never),
    ([LifecycleRule(id: "a", largerThan: 60 << 20, expireDays: 1)], .never),
    ([LifecycleRule(id: "a", largerThan: 1_000, expireDays: 1)], .after(days: 1, rule: "a")),
    ([LifecycleRule(id: "a", noncurrentDays: 7)], .never),
    (
      [LifecycleRule(expireAt: Date(timeIntervalSince1970: 1_796_083_200))],
      .on(Timestamp(seconds: 1_796_083_200), rule: "without a name")
    ),
  ])
  func `when log files go`(_ rules: [LifecycleRule], _ wanted: LogLifecycle.End) {
    #expect(LogLifecycle(rules, folders: Self.own).end == wanted)
  }

  @Test func `in words`() {
    let lifecycle = LogLifecycle(
      [
        LifecycleRule(
          expireDays: 2_555, noncurrentDays: 30,
          moves: [
            .init(storageClass: "GLACIER", days: 90), .init(storageClass: "STANDARD_IA", days: 30),
          ]
        )
      ], folders: Self.own)
    #expect(
      lifecycle.inWords
        == "STANDARD_IA after 30 days, GLACIER after 90 days, expire after 2555 days, old versions "
        + "deleted after 30 days")
  }
}
