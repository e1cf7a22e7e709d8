import Testing

@testable import CloudAPI

@Suite struct CallBudgetTests {
  private static func call(_ service: AWSService, _ operation: String) -> AWSCall {
    AWSCall(service: service, operation: operation, region: "us-east-1")
  }

  @Test("A second's worth of status calls goes at once; the rest is spaced at eight a second")
  func status() async {
    let time = ManualTime()
    let budget = CallBudget(clock: time.clock)
    for _ in 0..<8 {
      await budget.turn(Self.call(.cloudTrail, "GetTrailStatus"), region: "us-east-1")
    }
    #expect(time.sleeps.isEmpty)
    for _ in 0..<16 {
      await budget.turn(Self.call(.cloudTrail, "GetTrailStatus"), region: "us-east-1")
    }
    #expect(abs(time.sleeps.reduce(0, +) - 2) < 0.01)
  }

  @Test("Event history is read twice a second, in each region by itself")
  func lookups() async {
    let time = ManualTime()
    let budget = CallBudget(clock: time.clock)
    for region in ["us-east-1", "eu-west-1"] {
      for _ in 0..<2 {
        await budget.turn(Self.call(.cloudTrail, "LookupEvents"), region: region)
      }
    }
    #expect(time.sleeps.isEmpty)
    await budget.turn(Self.call(.cloudTrail, "LookupEvents"), region: "eu-west-1")
    #expect(time.sleeps == [0.5])
  }

  @Test("S3 is asked as often as need be")
  func objects() async {
    let time = ManualTime()
    let budget = CallBudget(clock: time.clock)
    for _ in 0..<500 {
      await budget.turn(Self.call(.s3, "ListObjectsV2"), region: "us-east-1")
    }
    #expect(time.sleeps.isEmpty)
  }

  @Test("After a rest the budget is whole again, and no more than whole")
  func rest() async {
    let time = ManualTime()
    let budget = CallBudget(clock: time.clock)
    for _ in 0..<10 {
      await budget.turn(Self.call(.cloudTrail, "GetTrail"), region: "us-east-1")
    }
    time.advance(3600)
    let before = time.sleeps.count
    for _ in 0..<9 {
      await budget.turn(Self.call(.cloudTrail, "GetTrail"), region: "us-east-1")
    }
    #expect(time.sleeps.count == before + 1)
  }
}
