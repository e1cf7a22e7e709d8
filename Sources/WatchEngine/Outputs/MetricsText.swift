import WatchCore

/// What the watch knows as Prometheus reads it: text format 0.0.4, and not OpenMetrics
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). docs/metrics.md lists the names.
public enum MetricsText {
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"
  /// Paths beyond these are counted and not named: worst first.
  public static let pathLimit = 1000
  static let channelLimit = 100

  public static func text(_ reading: StatusReading, version: String) -> String {
    if reading.board.demo != nil { return unknown(version: version, isDemo: true) }
    var families = [build(version)] + watch(reading) + clouds(reading) + alerts(reading)
    families += channels(reading) + journal(reading)
    families += paths(reading)
    return families.map(\.text).joined()
  }

  /// What is left when a watch has ended as it was asked to: that it has, and nothing of any path.
  public static func ended(at now: Timestamp, version: String) -> String {
    [
      build(version), up(false),
      MetricFamily("watchkeeper_watch_end_timestamp_seconds", "When the watch was ended.", .gauge)
        .with(now),
    ].map(\.text).joined()
  }

  /// What is said where nothing could be read, and of what the demo made: no watch, and nothing of any
  /// path.
  public static func unknown(version: String, isDemo: Bool = false) -> String {
    let demo = MetricFamily("watchkeeper_demo", "1 where the demo made it: no evidence.", .gauge)
    return ([build(version), status(3)] + (isDemo ? [demo.with(1)] : [])).map(\.text).joined()
  }

  private static func status(_ status: Int32) -> MetricFamily {
    MetricFamily(
      "watchkeeper_check_status", "Exit status of check: 0 ok, 1 warning, 2 critical, 3 unknown.",
      .gauge
    ).with(Int64(status))
  }

  private static func build(_ version: String) -> MetricFamily {
    MetricFamily("watchkeeper_build_info", "Always 1; the version is its label.", .gauge)
      .with(1, ["version": version])
  }

  private static func up(_ isAlive: Bool) -> MetricFamily {
    MetricFamily(
      "watchkeeper_watch_up", "1 while a watch holds the lease and its loop turns.", .gauge
    ).with(isAlive ? 1 : 0)
  }

  private static func watch(_ reading: StatusReading) -> [MetricFamily] {
    let watch = reading.watch
    return [
      up(watch.isAlive),
      MetricFamily("watchkeeper_watch_start_timestamp_seconds", "When it began.", .gauge)
        .with(watch.since),
      MetricFamily(
        "watchkeeper_watch_beat_timestamp_seconds", "When the watch's loop last turned.", .gauge
      ).with(watch.beat),
      MetricFamily(
        "watchkeeper_watch_last_look_timestamp_seconds", "When it last looked at any path.", .gauge
      ).with(watch.lastLook),
      MetricFamily(
        "watchkeeper_exported_timestamp_seconds", "When these lines were made.", .gauge
      ).with(reading.now),
      status(CheckVerdict.exitStatus(reading.board)),
    ]
  }

  private static func clouds(_ reading: StatusReading) -> [MetricFamily] {
    var state = MetricFamily(
      "watchkeeper_cloud_state", "1 for the state that the cloud is in, 0 for the others.", .gauge)
    var open = MetricFamily(
      "watchkeeper_cloud_open_alerts", "Alerts that are open or shelved.", .gauge)
    var live = MetricFamily(
      "watchkeeper_cloud_delivering_paths", "Required paths whose records arrive.", .gauge)
    var all = MetricFamily(
      "watchkeeper_cloud_delivery_paths", "Required paths whose records should.", .gauge)
    for cloud in reading.board.clouds {
      let label = ["cloud": cloud.cloud.rawValue]
      for one in HeartbeatState.allCases {
        state.add(one == cloud.state ? 1 : 0, label.merging(["state": one.word]) { $1 })
      }
      open.add(Int64(cloud.open), label)
      live.add(Int64(cloud.delivering.live), label)
      all.add(Int64(cloud.delivering.of), label)
    }
    return [state, open, live, all]
  }

  private static func alerts(_ reading: StatusReading) -> [MetricFamily] {
    var alerts = MetricFamily(
      "watchkeeper_alerts", "Open alerts, symptoms too, by priority and state.", .gauge)
    for priority in Priority.allCases {
      for label in ["NEW", "ACK", "CLR", "SHV"] {
        alerts.add(
          Int64(reading.count(priority, label)),
          ["priority": priority.rawValue, "state": label.lowercased()])
      }
    }
    let picture = reading.board.picture
    let open = picture.open
    return [
      alerts,
      MetricFamily("watchkeeper_alerts_raised_total", "Alerts ever raised.", .counter)
        .with(Int64(picture.nextAlert - 1)),
      MetricFamily(
        "watchkeeper_alerts_overdue", "Open alerts that were not restored in time.", .gauge
      ).with(Int64(open.count { $0.overdue != nil })),
      MetricFamily(
        "watchkeeper_alerts_unheard", "NEW alerts of which nobody could be told.", .gauge
      ).with(Int64(open.count { picture.unheard($0)?.isSure == true })),
    ]
  }

  private static func channels(_ reading: StatusReading) -> [MetricFamily] {
    var failures = MetricFamily(
      "watchkeeper_channel_failures", "Attempts that failed since the last that did not.", .gauge)
    var accepted = MetricFamily(
      "watchkeeper_channel_last_accepted_timestamp_seconds", "When it last took a message.", .gauge)
    let channels = reading.board.picture.channels.sorted { $0.key < $1.key }
    for (name, life) in channels.prefix(channelLimit) {
      failures.add(Int64(life.failures), ["channel": name])
      if let time = life.accepted { accepted.add(time, ["channel": name]) }
    }
    return [
      failures, accepted,
      MetricFamily(
        "watchkeeper_outbox_waiting", "Notifications that are still to be sent.", .gauge
      ).with(Int64(reading.waiting)),
    ]
  }

  private static func journal(_ reading: StatusReading) -> [MetricFamily] {
    let isMuted = reading.board.picture.mute(at: reading.now) != nil
    let isSaved = if case .saved = reading.board.journal { true } else { false }
    let head = reading.board.picture.head
    return [
      MetricFamily("watchkeeper_muted", "1 while notifications are withheld.", .gauge)
        .with(isMuted ? 1 : 0),
      MetricFamily(
        "watchkeeper_journal_saved", "1 while entries get on disk, 0 when the last did not.", .gauge
      ).with(isSaved ? 1 : 0),
      MetricFamily("watchkeeper_journal_entries_total", "Entries of the journal.", .counter)
        .with(Int64(head?.seq ?? 0)),
      MetricFamily(
        "watchkeeper_journal_last_entry_timestamp_seconds", "When the newest was written.", .gauge
      ).with(head?.at),
    ]
  }
}
