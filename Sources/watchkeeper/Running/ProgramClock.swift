import Posix
import Synchronization
import WatchCore
import WatchEngine
import WatchJournal

/// The one clock that everything in the program lives by: the machine's, or the demo's, which
/// begins at a chosen time and may run faster. The screen's own tick stays real.
struct ProgramClock: Sendable {
  let now: @Sendable () -> Timestamp
  let boot: @Sendable () -> Int64
  /// How much faster than real time it runs.
  let speed: Double

  static let system = ProgramClock(
    now: { Timestamp(millis: WallClock.millis()) }, boot: { BootClock.millis() }, speed: 1)

  static func demo(start: Timestamp, speed: Double) -> ProgramClock {
    let began = MonotonicClock.millis()
    let passed: @Sendable () -> Int64 = {
      Int64(Double(MonotonicClock.millis() - began) * speed)
    }
    return ProgramClock(
      now: { start + .milliseconds(passed()) }, boot: { began + passed() }, speed: speed)
  }

  var reading: ClockReading { ClockReading(wall: now(), boot: boot()) }

  var journal: JournalClock { JournalClock(now: now, bootMillis: boot) }

  /// Waits for a stretch of real time; a tick is a tick at any speed.
  static func sleep(_ span: Duration) async {
    try? await Task.sleep(for: span)
  }
}
