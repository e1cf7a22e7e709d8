import Foundation
import Posix
import Testing

@Suite struct ChildProcessTests {
  static let environment = ["PATH": "/usr/bin:/bin", "LANG": "C"]

  init() {
    // What the program does at its start; children must not inherit it.
    Signals.ignoreBrokenPipe()
  }

  /// Deadlines are generous where a test does not expect them: the machine may be busy.
  func run(
    _ arguments: String..., input: [UInt8] = [], deadlineMillis: Int = 180_000,
    outputLimit: Int = 1 << 20
  ) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      arguments: arguments, environment: Self.environment, input: input,
      deadlineMillis: deadlineMillis, outputLimit: outputLimit)
  }

  @Test func `status, output and errors`() async throws {
    let outcome = try await run("sh", "-c", "echo out; echo err >&2; exit 3")
    #expect(outcome.ending == .exited(3))
    #expect(!outcome.succeeded)
    #expect(text(outcome.output) == "out\n")
    #expect(text(outcome.errorOutput) == "err\n")
    #expect(try await run("/bin/true").succeeded)
  }

  @Test func `more than a pipe holds, both ways`() async throws {
    let input = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let outcome = try await run("cat", input: input)
    #expect(outcome.succeeded)
    #expect(outcome.output == input)
  }

  @Test func `a child that does not read`() async throws {
    let outcome = try await run("true", input: [UInt8](repeating: 1, count: 1 << 20))
    #expect(outcome == ChildProcess.Outcome(ending: .exited(0)))
  }

  @Test func `arguments and environment, and nothing else`() async throws {
    let arguments = try await run("printf", "%s|", "a b", "", "$HOME", "é'\"")
    #expect(text(arguments.output) == "a b||$HOME|é'\"|")
    let environment = try await run("env")
    #expect(text(environment.output) == "LANG=C\nPATH=/usr/bin:/bin\n")
  }

  @Test func `no open files but three, no ignored signals, a session of its own`() async throws {
    let files = try await run("ls", "/proc/self/fd")
    #expect(text(files.output) == "0\n1\n2\n3\n")
    let status = text(try await run("cat", "/proc/self/status").output)
    for line in status.split(separator: "\n")
    where line.hasPrefix("SigBlk:") || line.hasPrefix("SigIgn:") {
      let mask = UInt64(line.suffix(16), radix: 16)
      // glibc keeps 32 and 33 for its threads and ignores them in every spawned child.
      #expect(mask.map { $0 & ~0x1_8000_0000 } == 0, "\(line)")
    }
    let session = try await run(
      "sh", "-c", "read -r p c s pp group session rest </proc/$$/stat; test $$ = $session")
    #expect(session.succeeded)
    let asking = try await run("sh", "-c", ": </dev/tty")
    #expect(!asking.succeeded)
  }

  @Test func `no such program`() async {
    for (name, code) in [
      ("no-such-program", ENOENT), ("/no/such", ENOENT), ("/etc/passwd", EACCES),
    ] {
      await #expect(throws: PosixError(code: code, call: "posix_spawn", path: name)) {
        try await run(name)
      }
    }
    await #expect(throws: PosixError(code: EINVAL, call: "posix_spawn")) {
      try await ChildProcess.run(arguments: [], environment: [:], deadlineMillis: 1)
    }
  }

  @Test(arguments: [
    "sleep 600", "trap '' TERM; while :; do sleep 600; done", "kill -STOP $$",
    "exec <&- >&- 2>&-; sleep 600",
  ])
  func `the deadline is kept`(script: String) async throws {
    let outcome = try await run("sh", "-c", "echo begun; " + script, deadlineMillis: 500)
    #expect(outcome.ending == .timedOut)
  }

  @Test func `too much output`() async throws {
    let outcome = try await run("yes", outputLimit: 100_001)
    #expect(outcome.ending == .tooMuchOutput)
    #expect(outcome.output.count == 100_001)
    let exact = try await run("head", "-c", "5000", "/dev/zero", outputLimit: 5000)
    #expect(exact.succeeded)
    #expect(exact.output.count == 5000)
    let errors = try await run("sh", "-c", "head -c 5001 /dev/zero >&2", outputLimit: 5000)
    #expect(errors.ending == .tooMuchOutput)
  }

  @Test func `grandchildren are not waited for`() async throws {
    let outcome = try await run("sh", "-c", "sleep 1000 & echo $!; exit 7", deadlineMillis: 900_000)
    #expect(outcome.ending == .exited(7))
    let grandchild = pid_t(text(outcome.output).dropLast()) ?? 0
    #expect(grandchild > 1 && kill(grandchild, SIGKILL) == 0)
  }

  @Test func `killed by a signal`() async throws {
    let outcome = try await run("sh", "-c", "kill -PIPE $$")
    #expect(outcome.ending == .signalled(SIGPIPE))
  }

  @Test func `cancelling ends the child`() async throws {
    let task = Task { try await run("sleep", "600") }
    task.cancel()
    #expect(try await task.value.ending == .cancelled)
  }

  @Test func `a hundred at once`() async throws {
    let endings = try await withThrowingTaskGroup(of: ChildProcess.Ending.self) { group in
      for number in 0..<100 {
        group.addTask { try await run("sh", "-c", "exit \(number % 7)").ending }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(endings.filter { $0 == .exited(6) }.count == 14)
    #expect(endings.count == 100)
  }
}
