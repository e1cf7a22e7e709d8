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
  /// Both at one moment.
  let read: @Sendable () -> ClockReading
  /// How much faster than real time it runs at this moment.
  let speed: @Sendable () -> Double

  static let system = ProgramClock(
    now: { Timestamp(millis: WallClock.millis()) }, boot: { BootClock.millis() },
    read: {
      ClockReading(wall: Timestamp(millis: WallClock.millis()), boot: BootClock.millis())
    }, speed: { 1 })

  /// - Parameters:
  ///   - haste: milliseconds of the story after which it runs no faster than real time.
  ///   - stalls: the story goes on while the program stands still.
  static func demo(
    start: Timestamp, speed: Double, haste: Double = .infinity, stalls: Bool = false
  ) -> ProgramClock {
    let began = MonotonicClock.millis()
    let story = StoryClock(speed: speed, haste: haste, stalls: stalls)
    let read: @Sendable () -> ClockReading = {
      let passed = story.millis()
      return ClockReading(wall: start + .milliseconds(passed), boot: began + passed)
    }
    return ProgramClock(
      now: { read().wall }, boot: { read().boot }, read: read, speed: { story.rate() })
  }

  var reading: ClockReading { read() }

  var journal: JournalClock { JournalClock(now: now, bootMillis: boot) }

  /// Waits for a stretch of real time; a tick is a tick at any speed.
  static func sleep(_ span: Duration) async {
    try? await Task.sleep(for: span)
  }
}
