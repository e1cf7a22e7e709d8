import Posix

/// What the transfer thread works on: one easy handle, HTTP or mail, and the task that waits for it.
protocol CurlWork: AnyObject {
  var handle: OpaquePointer { get }
  /// Monotonic milliseconds.
  var submittedMillis: Int64 { get }
  /// What it may take in all.
  var totalMillis: Int { get }
  /// Reads the answer now; calling what it gives lets the task go on.
  func resumption(_ ending: CurlEnding) -> () -> Void
}

/// How an exchange ended.
enum CurlEnding {
  /// libcurl is done with it, with this code (CURLcode).
  case done(Int32)
  /// By us, before that.
  case ended(HTTPError)
}

extension CurlWork {
  var elapsedMillis: Int {
    Int(MonotonicClock.millis() - submittedMillis)
  }
}
