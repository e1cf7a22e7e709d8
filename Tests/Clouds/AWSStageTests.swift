import Testing

/// One cause of each stage, done by somebody to a whole pipeline: the program says which, and
/// nothing else. (All causes by all codes are MatrixTests, in process.)
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AWSStageTests {
  struct Stage: CustomTestStringConvertible, Sendable {
    var act: String
    /// One of these must lead, and none but these may.
    var codes: Set<String>

    var testDescription: String { act }

    init(_ act: String, _ codes: String...) {
      self.act = act
      self.codes = Set(codes)
    }
  }

  static let stages = [
    Stage("stop-logging", "aws.trail.stopped"),
    Stage("writes-only", "aws.trail.narrowed", "aws.posture.weak"),
    Stage("block-bucket", "aws.bucket.blocked"),
    Stage("suspend-versioning", "aws.bucket.erasable", "aws.pipeline.tampered"),
    Stage("disable-key", "aws.key.unusable", "aws.delivery.error", "aws.bucket.blocked"),
    Stage("delete-role-policy", "aws.pipeline.tampered", "aws.alertpath.broken"),
    Stage("short-retention", "aws.group.erasable", "aws.pipeline.tampered"),
    Stage("delete-filter", "aws.alertpath.silenced", "aws.alertpath.broken"),
    Stage("disable-alarm", "aws.alertpath.silenced", "aws.alertpath.broken"),
    Stage("disable-rule", "aws.alertpath.silenced", "aws.alertpath.broken"),
    Stage(
      "delete-topic", "aws.alertpath.silenced", "aws.alertpath.broken", "aws.notify.error"),
  ]

  @Test(.timeLimit(.minutes(12)), arguments: stages)
  func aCauseIsSaidByItsCode(_ stage: Stage) async throws {
    try await onEstate(CloudEstate.wholeOptions) { estate, watchkeeper in
      let before = Set(try await watchkeeper.check().report.alerts.map(\.id))
      try await estate.act(stage.act, as: .dev)
      let round = try await watchkeeper.check()
      let led = round.report.alerts.filter { $0.under == nil && !before.contains($0.id) }
      let raised = Set(led.map(\.code))
      #expect(!raised.isDisjoint(with: stage.codes), "\(stage): \(round.text)")
      #expect(raised.isSubset(of: stage.codes), "\(stage): \(round.text)")
      let actors = Set(round.report.alerts.compactMap { $0.cause?.actor })
      #expect(actors == ["dev"] || actors.isEmpty, "\(stage): \(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func anAccountThatLeavesItsOrganizationIsSaid() async throws {
    try await onEstate { estate, watchkeeper in
      let before = try await watchkeeper.check().report.codes
      try await estate.happened(
        """
        {"eventName": "LeaveOrganization", "eventSource": "organizations.amazonaws.com",
          "user": "dev", "awsRegion": "us-east-1"}
        """)
      let round = try await watchkeeper.check()
      #expect(round.report.codes.subtracting(before) == ["aws.org.left"], "\(round.text)")
    }
  }
}
