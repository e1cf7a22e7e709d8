import Posix
import Synchronization

/// Lets the main thread, and only it, wait for asynchronous work: commands without a screen.
enum Blocking {
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () async -> Value
  ) throws -> Value {
    let pipe = try WakePipe()
    let slot = Slot<Value>()
    Task.detached {
      let value = await work()
      slot.value.withLock { $0 = value }
      pipe.wake()
    }
    while true {
      if let value = slot.value.withLock({ $0 }) { return value }
      _ = Poller.wait([pipe.readDescriptor], timeoutMillis: nil)
      _ = pipe.drain()
    }
  }

  private final class Slot<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}
