import Posix
import Synchronization

/// Serves a few pages to this machine, one request a connection, on a thread of its own. Whoever is
/// slow is dropped: it never holds more than ``Limits/connections`` and none of them for long.
public final class PageServer: Sendable {
  public struct Limits: Sendable {
    public var connections = 16
    /// For the whole request to come.
    public var requestMillis: Int64 = 5000
    /// For the whole answer to be taken.
    public var answerMillis: Int64 = 5000

    public init() {}
  }

  private let listener: LoopbackListener
  private let accept: @Sendable (LoopbackListener) -> Int32?
  private let limits: Limits
  private let page: @Sendable (String) -> PageAnswer?
  private let end: WakePipe
  private let isStopped = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)

  public var port: Int { listener.port }

  /// - Parameter page: what stands at a path; nil: nothing does. Called on the server's thread.
  public convenience init(
    host: String, port: Int, limits: Limits = Limits(),
    page: @escaping @Sendable (String) -> PageAnswer?
  ) throws(PosixError) {
    try self.init(host: host, port: port, limits: limits, accept: { $0.accept() }, page: page)
  }

  /// - Parameter accept: takes a connection that is there; nil: it cannot be taken.
  init(
    host: String, port: Int, limits: Limits,
    accept: @escaping @Sendable (LoopbackListener) -> Int32?,
    page: @escaping @Sendable (String) -> PageAnswer?
  ) throws(PosixError) {
    self.accept = accept
    listener = try LoopbackListener(host: host, port: port)
    end = try WakePipe()
    (self.limits, self.page) = (limits, page)
    try PosixThread.start(named: "pages") { self.run() }
  }

  /// Ends it; the port is free when this returns. Blocks for some milliseconds.
  public func stop() {
    isStopped.store(true, ordering: .releasing)
    end.wake()
    let limit = MonotonicClock.millis() + 1000
    while !hasEnded.load(ordering: .acquiring), MonotonicClock.millis() < limit {
      _ = Poller.wait([], timeoutMillis: 5)
    }
  }

  private func run() {
    var talks: [Int32: PageTalk] = [:]
    // Until then nothing is accepted.
    var rests = MonotonicClock.millis()
    // Shut and not closed: the descriptor's number must not become another's while it is ours.
    defer {
      for talk in talks.keys { SocketBytes.close(talk) }
      listener.shut()
      hasEnded.store(true, ordering: .releasing)
    }
    while !isStopped.load(ordering: .acquiring) {
      let now = MonotonicClock.millis()
      let isFull = talks.count >= limits.connections
      let readable =
        [end.readDescriptor] + (isFull || now < rests ? [] : [listener.descriptor])
        + talks.values.filter(\.isReading).map(\.descriptor)
      let writable = talks.values.filter { !$0.isReading }.map(\.descriptor)
      let deadlines = talks.values.map(\.deadline) + (now < rests ? [rests] : [])
      let next = deadlines.map { max(0, $0 - now) }.min()
      guard
        case .ready(let ready) = Poller.wait(
          readable, writable: writable, timeoutMillis: next.map { Int($0) })
      else {
        drop(&talks)
        continue
      }
      if ready.readable.contains(listener.descriptor) {
        if let descriptor = accept(listener) {
          talks[descriptor] = PageTalk(
            descriptor, until: MonotonicClock.millis() + limits.requestMillis)
        } else {
          rests = MonotonicClock.millis() + Self.restMillis
        }
      }
      for descriptor in ready.readable.union(ready.writable).union(ready.hungUp) {
        guard var talk = talks[descriptor] else { continue }
        let goesOn = talk.turn(limits.answerMillis, page)
        talks[descriptor] = goesOn ? talk : nil
        if !goesOn { SocketBytes.close(descriptor) }
      }
      drop(&talks)
    }
  }

  /// A connection that cannot be taken (no more room for a descriptor) stays there to be read, and
  /// would be asked for as fast as the processor can.
  static let restMillis: Int64 = 100

  private func drop(_ talks: inout [Int32: PageTalk]) {
    let now = MonotonicClock.millis()
    for (descriptor, talk) in talks where talk.deadline <= now {
      SocketBytes.close(descriptor)
      talks[descriptor] = nil
    }
  }
}

/// One connection: a request is read, an answer written, what still comes is read past.
struct PageTalk {
  private enum Stage {
    case reading([UInt8])
    case writing(ArraySlice<UInt8>)
    /// All is said. A socket that is closed on unread bytes would take the answer with it.
    case parting(read: Int)
  }

  let descriptor: Int32
  private(set) var deadline: Int64
  private var stage = Stage.reading([])

  init(_ descriptor: Int32, until deadline: Int64) {
    self.descriptor = descriptor
    self.deadline = deadline
  }

  var isReading: Bool {
    if case .writing = stage { false } else { true }
  }

  /// Does what can be done now; false: it is over.
  mutating func turn(_ answerMillis: Int64, _ page: (String) -> PageAnswer?) -> Bool {
    switch stage {
    case .reading(let bytes): return read(bytes, answerMillis, page)
    case .writing(let rest): return write(rest)
    case .parting(let count):
      guard case .bytes(let more) = SocketBytes.receive(descriptor, limit: 4096),
        count + more.count < Self.partingLimit
      else { return false }
      stage = .parting(read: count + more.count)
      return true
    }
  }

  private static let partingLimit = 64 << 10

  private mutating func read(
    _ bytes: [UInt8], _ answerMillis: Int64, _ page: (String) -> PageAnswer?
  ) -> Bool {
    let all: [UInt8]
    switch SocketBytes.receive(descriptor, limit: 4096) {
    case .ended: return false
    case .none: return true
    case .bytes(let more): all = bytes + more
    }
    let answer: PageAnswer
    switch PageRequest.read(all) {
    case .more:
      stage = .reading(all)
      return true
    case .refused(let refusal): answer = refusal
    case .get(let path): answer = page(path) ?? .text(404, "there is /metrics, and nothing else")
    }
    deadline = MonotonicClock.millis() + answerMillis
    return write(answer.bytes[...])
  }

  private mutating func write(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let count = SocketBytes.send(descriptor, bytes) else { return false }
    let rest = bytes.dropFirst(count)
    stage = .writing(rest)
    if rest.isEmpty {
      SocketBytes.finish(descriptor)
      stage = .parting(read: 0)
    }
    return true
  }
}
