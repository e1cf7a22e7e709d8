import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// S2, D1, D3: what somebody must be able to read at 80x24, whole.
@Suite struct KeyFactTests {
  /// What the rows of a scene must hold.
  static let facts: [(scene: Scene, facts: [String])] = [
    (
      Accidents.stopLogging,
      [
        "NEW 1", "03:03:40Z", "04:03 +01", "duty mira", "journal saved", "watch alive", "demo",
        "-- AWS ", " FAILING --", "since 03:01:20Z, 2m20s", "worst S3 use1 us-east-1",
        "5m09s ago, 15m+15m", "delivering 4 of 8", "regions 2 of 3", "proof echo 6m, dig 22m",
        "1 new (1 high)",
        "NEW !!! A-0001 prod/us-east-1        1m STOPPED by dev, us-east-1, 03:01Z",
        "told mira: sec-slack 03:02:08Z, pager 03:02:09Z", "to jon in 13m29s",
        "RUNBOOK aws-trail-stopped for A-0001", "step 1 of 6", "from 198.51.100.7",
        "journal 22 03:02:31Z", "a ack", "? help",
      ]
    ),
    (
      Accidents.bucketBlocked,
      [
        "NEW 4", "03:09:18Z", "FAILING", "since 02:57:40Z, 11m38s", "worst S3 use1 us-east-1",
        "13m16s ago, 15m+15m", "delivering 2 of 8", "regions 3 of 3", "proof echo 6m, dig 28m",
        "4 new (4 high)",
        "NEW !!! A-0001 prod/us-east-1       10m BLOCKED by ana, PutBucketPolicy +3",
        "told mira: sec-slack 02:58:32Z, pager 02:58:33Z", "to jon in 4m15s",
        "AccessDenied at use1, euc1, euw1", "journal 24 03:02:06Z", "a ack", "? help",
      ]
    ),
    (
      Accidents.forgottenRegion,
      [
        "NEW 1", "03:12:05Z", "NOT SET UP", "since 02:47:30Z, 24m35s", "worst ap-southeast-2",
        "in use, no trail", "delivering 8 of 9", "regions 3 of 4", "proof echo 6m, dig 31m",
        "NEW !!! A-0001 prod/ap-southeast-2   3m NO TRAIL: RunInstances by ci-deploy",
        "told mira: sec-slack 03:09:04Z, pager 03:09:05Z", "to jon in 12m00s",
        "6 write events", "journal 21 03:09:05Z", "a ack", "? help",
      ]
    ),
  ]

  @Test("S2: the key facts of each accident are on the overview, whole", arguments: 0..<3)
  func present(_ index: Int) {
    let (scene, facts) = Self.facts[index]
    let text = scene.text()
    for fact in facts {
      #expect(text.contains { $0.contains(fact) }, "\(scene): \(fact)")
    }
    #expect(text.count == 24)
  }

  /// Step 1 of each accident's runbook, exactly as it is to be typed.
  static let commands: [(Scene, String)] = [
    (
      Accidents.stopLogging,
      "aws cloudtrail get-trail-status --name use1 --region us-east-1 --profile prod"
    ),
    (
      Accidents.bucketBlocked,
      "aws s3api get-bucket-policy --bucket acme-audit-logs --profile prod"
    ),
    (
      Accidents.forgottenRegion,
      "aws cloudtrail describe-trails --region ap-southeast-2 --profile prod"
    ),
  ]

  @Test(
    "D1: the first row names actor, action and region; step 1 can be cut from the screen",
    arguments: 0..<3, ["overview", "alert"])
  func firstRow(_ index: Int, _ screen: String) {
    let (scene, command) = Self.commands[index]
    for size in SceneSize.all {
      let state = Scene.state(scene, screen, size.width, size.height)
      let lines = Console.render(state).text
      #expect(
        lines.contains { Self.trimmed($0) == command }
          || lines.contains { Self.leftPane($0) == command }, "\(screen) \(size)")
    }
  }

  /// The line without what stands right of the pane's edge, and without blanks at its ends.
  private static func leftPane(_ line: String) -> String {
    let parts = line.split(separator: "|", omittingEmptySubsequences: false).map {
      trimmed(String($0))
    }
    return parts.first { $0.hasPrefix("aws ") } ?? ""
  }

  private static func trimmed(_ line: String) -> String {
    var text = Substring(line)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  @Test("D1: a command broken over lines is one command again without its backslashes")
  func longCommands() throws {
    for size in SceneSize.all {
      var state = Accidents.stopLogging.alert(width: size.width, height: size.height)
      _ = state.handle(.event(.key(.down)))
      let lines = Console.render(state).text
      let start = try #require(lines.firstIndex { $0.contains("aws cloudtrail lookup-events") })
      var command = ""
      for line in lines[start...] {
        let part = Self.trimmed(String(line.split(separator: "|").first ?? ""))
        command += part.hasSuffix("\\") ? String(part.dropLast()) : part
        if !part.hasSuffix("\\") { break }
      }
      #expect(
        command == "aws cloudtrail lookup-events "
          + "--lookup-attributes AttributeKey=EventName,AttributeValue=StopLogging --max-items 3 "
          + "--region us-east-1 --profile prod "
          + "--query 'Events[].[EventTime,Username,EventId]' --output text", "\(size)")
    }
  }

  @Test("D3: the gap account on screen has the figures of its entry", arguments: SceneSize.all)
  func gap(_ size: SceneSize) throws {
    let scene = Accidents.recovered
    let entry = try #require(
      scene.board.picture.recent.last { if case .gap = $0.event { true } else { false } })
    guard case .gap(_, let gap) = entry.event else { return }
    let lines = Console.render(scene.alert(width: size.width, height: size.height)).text
    let title = try #require(lines.first { $0.contains(" THE GAP ") })
    #expect(title.contains("03:01:20Z to 03:06:45Z, 5m25s"))
    let figures = [
      ("delivered late", gap.deliveredLate), ("recovered", gap.recovered), ("lost", gap.lost),
      ("unproven", gap.unproven),
    ]
    for (label, figure) in figures {
      let line = try #require(lines.first { $0.hasPrefix(" \(label) ") }, "\(label)")
      let words = line.dropFirst(label.count + 1).split(separator: " ")
      #expect(words.first.flatMap { Int($0) } == figure, "\(label)")
    }
    #expect(lines.contains { $0.contains(gap.unprovenWhat) })
    #expect(lines.contains { $0.contains("fresh proof") && $0.contains("S3 03:16:52Z") })
  }

  @Test(
    "D4: folded symptoms are on the alert screen and in its history", arguments: SceneSize.all)
  func folded(_ size: SceneSize) throws {
    let state = Accidents.bucketBlocked.alert(width: size.width, height: size.height)
    let lines = Console.render(state).text
    #expect(lines.contains { $0.contains(size.width < 100 ? "+3" : "folded") })
    let alert = try #require(state.picture.alerts[AlertID(1)])
    let entries = HistoryPane.entries(alert, state)
    #expect(entries.map(\.seq) == entries.map(\.seq).sorted(by: >))
    #expect(entries.contains { $0.event.alert == AlertID(4) })
  }

  @Test("A1: the cursor is on the selected row, on the current step, on the history")
  func cursor() throws {
    for size in SceneSize.all {
      var state = Accidents.stopLogging.state(width: size.width, height: size.height)
      var canvas = Console.render(state)
      var row = try #require(canvas.cursor?.row)
      #expect(canvas.text[row].contains("A-0001"))
      state = Accidents.stopLogging.alert(width: size.width, height: size.height)
      canvas = Console.render(state)
      row = try #require(canvas.cursor?.row)
      #expect(canvas.text[row].contains("[ ] 1 "))
      _ = state.handle(.event(.key(.tab)))
      canvas = Console.render(state)
      row = try #require(canvas.cursor?.row)
      #expect(canvas.text[row].contains("22 03:02:31Z"))
    }
  }
}
