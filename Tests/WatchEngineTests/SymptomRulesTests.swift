import Testing
import WatchCore

@testable import WatchEngine

/// What an unusable key explains, and what it does not.
struct SymptomRulesTests {
  private static let key = "arn:aws:kms:us-east-1:111122223333:key/1"
  private static let place = Place(account: "prod", region: "us-east-1")

  private static func explains(
    _ cause: FailureCode, _ symptom: FailureCode, key used: String? = key
  ) -> Bool {
    SymptomRules.explains(
      Finding.Identity(code: cause, source: Rig.use1, subject: key), at: place,
      Finding.Identity(code: symptom, source: Rig.use1, subject: "its own"), at: place,
      parts: { _ in SymptomRules.Parts(bucket: "acme-audit-logs", key: used) })
  }

  @Test(
    arguments: [
      ("aws.delivery.error", true), ("aws.delivery.silent", true), ("aws.digest.silent", true),
      ("aws.group.error", true), ("aws.group.silent", true), ("aws.echo.missing", true),
      ("aws.group.erasable", false), ("aws.bucket.erasable", false), ("aws.bucket.exposed", false),
      ("aws.trail.stopped", false),
    ] as [(FailureCode, Bool)])
  func `an unusable key stops what arrives, and keeps nothing erasable`(
    _ symptom: FailureCode, _ isExplained: Bool
  ) {
    #expect(Self.explains("aws.key.unusable", symptom) == isExplained)
  }

  @Test func `another trail's key explains nothing`() {
    #expect(!Self.explains("aws.key.unusable", "aws.delivery.error", key: "another"))
    #expect(!Self.explains("aws.key.unusable", "aws.delivery.error", key: nil))
  }
}
