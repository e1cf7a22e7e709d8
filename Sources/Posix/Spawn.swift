import CPosix
import Glibc

/// posix_spawn(3) with the settings every child of ours gets: a session of its own (so it cannot
/// take keys from our terminal, and its group can be signalled), no signal ignored or blocked,
/// nothing open but 0, 1 and 2.
struct Spawn {
  /// The program's path, then its arguments as they are; not empty.
  var path: String
  var arguments: [String]
  var environment: [String: String]
  /// What 0, 1 and 2 are.
  var streams: [Stream]

  enum Stream {
    case descriptor(Int32)
    case file(path: String, flags: Int32)
    /// The same as that earlier stream.
    case same(Int32)
  }

  /// Starts the child and returns its process id, which is also that of its group.
  func start() throws(PosixError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in zip(Int32(0)..., streams) {
      try add(stream, as: number, to: &actions)
    }
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    let flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK) | WK_SPAWN_SETSID
    posix_spawnattr_setflags(&attributes, flags)

    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var child: pid_t = 0
    let code = withCStrings(arguments) { arguments in
      withCStrings(variables) { variables in
        posix_spawn(&child, path, &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else { throw PosixError(code: code, call: "posix_spawn", path: path) }
    return child
  }

  private func add(
    _ stream: Stream, as number: Int32, to actions: inout posix_spawn_file_actions_t
  ) throws(PosixError) {
    let code =
      switch stream {
      case .descriptor(let descriptor):
        posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      case .same(let earlier):
        posix_spawn_file_actions_adddup2(&actions, earlier, number)
      case .file(let path, let flags):
        posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600)
      }
    guard code == 0 else { throw PosixError(code: code, call: "posix_spawn", path: path) }
  }
}

/// A null-terminated array of C strings, for as long as the body runs.
private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return body(copies + [nil])
}
