import Glibc

/// Time that only goes forward; stands still while the machine sleeps. For limits and intervals.
public enum MonotonicClock {
  /// Milliseconds since some moment before the program started.
  public static func millis() -> Int64 {
    Clock.millis(CLOCK_MONOTONIC)
  }
}

/// Time of day as the machine believes it: may jump. For what is written down.
public enum WallClock {
  /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public static func millis() -> Int64 {
    Clock.millis(CLOCK_REALTIME)
  }
}

/// Time since the machine's start, its sleep counted.
public enum BootClock {
  public static func millis() -> Int64 {
    Clock.millis(CLOCK_BOOTTIME)
  }

  /// Different after each start of the machine (random(4)); nil where /proc is not there.
  public static func bootID() -> String? {
    guard let bytes = try? File.readAll("/proc/sys/kernel/random/boot_id", limit: 100) else {
      return nil
    }
    return String(decoding: bytes.prefix { $0 > 0x20 && $0 < 0x7f }, as: UTF8.self)
  }
}

private enum Clock {
  static func millis(_ clock: clockid_t) -> Int64 {
    var now = timespec()
    clock_gettime(clock, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }
}
