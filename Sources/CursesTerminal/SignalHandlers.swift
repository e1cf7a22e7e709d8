import Glibc

/// The handlers of some signals, to be put back after somebody else changed them.
struct SignalHandlers {
  private let saved: [(signal: Int32, action: sigaction)]

  init(_ signals: [Int32]) {
    saved = signals.map { signal in
      var action = sigaction()
      sigaction(signal, nil, &action)
      return (signal, action)
    }
  }

  func putBack() {
    for (signal, action) in saved {
      var action = action
      sigaction(signal, &action, nil)
    }
  }
}
