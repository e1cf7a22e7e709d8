import CPosix
import Glibc

/// One child from start to end: feeds it, drains it, watches the clock. Blocks.
struct ChildRun: ~Copyable {
  private let child: pid_t
  /// Readable when the child has ended; -1 where the kernel forbids it (then we look every 20 ms).
  private let ended: Int32
  private let cancel: WakePipe
  private let outputLimit: Int
  private var input: PipeEnd
  private var unwritten: ArraySlice<UInt8>
  private var output: PipeEnd
  private var errorOutput: PipeEnd
  private var outputBytes: [UInt8] = []
  private var errorBytes: [UInt8] = []

  init(
    spawn: Spawn, input bytes: [UInt8], outputLimit: Int, cancel: WakePipe
  ) throws(PosixError) {
    // This thread is ours alone: a write to a child that has gone is then EPIPE, not our end.
    var broken = sigset_t()
    sigemptyset(&broken)
    sigaddset(&broken, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &broken, nil)

    var toChild = try Pipe()
    var fromChild = try Pipe()
    var errors = try Pipe()
    var spawn = spawn
    spawn.streams = [
      .descriptor(toChild.reading.descriptor), .descriptor(fromChild.writing.descriptor),
      .descriptor(errors.writing.descriptor),
    ]
    child = try spawn.start()
    ended = pidfd_open(child, 0)
    toChild.reading.close()
    fromChild.writing.close()
    errors.writing.close()
    toChild.writing.stopBlocking()
    fromChild.reading.stopBlocking()
    errors.reading.stopBlocking()
    input = toChild.writing
    output = fromChild.reading
    errorOutput = errors.reading
    unwritten = bytes[...]
    self.outputLimit = outputLimit
    self.cancel = cancel
  }

  deinit {
    if ended >= 0 { close(ended) }
  }

  mutating func finish(deadlineMillis: Int) -> ChildProcess.Outcome {
    let ending = attend(until: MonotonicClock.millis() + Int64(deadlineMillis))
    return ChildProcess.Outcome(ending: ending, output: outputBytes, errorOutput: errorBytes)
  }

  private mutating func attend(until deadline: Int64) -> ChildProcess.Ending {
    while true {
      if let ending = ProcessEnding.of(child, waiting: false) {
        // What it wrote before it ended is in the pipes; grandchildren may keep them open.
        return move() ? Self.ending(ending) : .tooMuchOutput
      }
      guard move() else { return kill(because: .tooMuchOutput) }
      let left = deadline - MonotonicClock.millis()
      guard left > 0 else { return kill(because: .timedOut) }
      let watched = [ended, cancel.readDescriptor, output.descriptor, errorOutput.descriptor]
      let outcome = Poller.wait(
        watched.filter { $0 >= 0 }, writable: input.descriptor >= 0 ? [input.descriptor] : [],
        timeoutMillis: Int(ended < 0 ? min(left, 20) : left))
      if case .ready(let ready) = outcome, ready.readable.contains(cancel.readDescriptor) {
        return kill(because: .cancelled)
      }
    }
  }

  /// Writes and reads what is possible now; false when there is too much output.
  private mutating func move() -> Bool {
    feed()
    return output.drain(into: &outputBytes, limit: outputLimit)
      && errorOutput.drain(into: &errorBytes, limit: outputLimit)
  }

  private mutating func feed() {
    while input.descriptor >= 0, !unwritten.isEmpty {
      let count = unwritten.withUnsafeBytes { write(input.descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        unwritten = unwritten.dropFirst(count)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        break  // EPIPE: it does not want the rest
      }
    }
    input.close()
  }

  /// Ends the group: SIGTERM, a second of grace, SIGKILL.
  private mutating func kill(because reason: ChildProcess.Ending) -> ChildProcess.Ending {
    input.close()
    output.close()
    errorOutput.close()
    Glibc.kill(-child, SIGTERM)
    let grace = MonotonicClock.millis() + 1000
    while ProcessEnding.of(child, waiting: false) == nil {
      let left = grace - MonotonicClock.millis()
      if left <= 0 {
        Glibc.kill(-child, SIGKILL)
        _ = ProcessEnding.of(child, waiting: true)
        return reason
      }
      let watched = ended >= 0 ? [ended] : []
      _ = Poller.wait(watched, timeoutMillis: Int(ended < 0 ? min(left, 20) : left))
    }
    // Whoever of the group did not listen.
    Glibc.kill(-child, SIGKILL)
    return reason
  }

  private static func ending(_ ending: ProcessEnding) -> ChildProcess.Ending {
    switch ending {
    case .exited(let status): .exited(status)
    case .signalled(let signal): .signalled(signal)
    }
  }
}
