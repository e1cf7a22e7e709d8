import Foundation
import Posix
import Testing

@testable import CloudAPI

/// The two closures that touch the machine, on a scratch folder and a harmless program.
@Suite struct LiveSeamsTests {
  @Test func readsRegularFilesAlone() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("watchkeeper-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = { (name: String) in folder.appendingPathComponent(name).path }
    try Data("[default]\n".utf8).write(to: folder.appendingPathComponent("config"))
    try FileManager.default.createSymbolicLink(
      atPath: path("link"), withDestinationPath: path("config"))
    try Data(count: CredentialFiles.sizeLimit + 1).write(to: folder.appendingPathComponent("huge"))
    #expect(mkfifo(path("pipe"), 0o600) == 0)
    let files = CredentialFiles.live
    #expect(try files.read(path("config")) == Array("[default]\n".utf8))
    #expect(try files.read(path("link")) == Array("[default]\n".utf8))
    #expect(throws: CredentialFiles.Problem.missing) { try files.read(path("none")) }
    #expect(throws: CredentialFiles.Problem.notAFile) { try files.read(path("pipe")) }
    #expect(throws: CredentialFiles.Problem.notAFile) { try files.read(folder.path) }
    #expect(throws: CredentialFiles.Problem.notAFile) { try files.read("/dev/zero") }
    #expect(try files.read("/dev/null").isEmpty)
    #expect(throws: CredentialFiles.Problem.tooLarge(limit: CredentialFiles.sizeLimit)) {
      try files.read(path("huge"))
    }
  }

  @Test func runsACredentialProcess() async throws {
    let environment = ["PATH": "/usr/bin:/bin", "WORD": "hello"]
    let process = CredentialProcess.live
    #expect(try await process.output(["printenv", "WORD"], environment) == Array("hello\n".utf8))
    await #expect(throws: CredentialProcess.Failure.exited(status: 1)) {
      try await process.output(["false"], environment)
    }
    await #expect(throws: CredentialProcess.Failure.notStarted(reason: "it cannot be started")) {
      try await process.output(["no-such-program-here"], environment)
    }
    let limit = CredentialProcess.outputLimit
    await #expect(
      throws: CredentialProcess.Failure.killed(reason: "it wrote more than \(limit) bytes")
    ) { try await process.output(["yes"], environment) }
  }
}
