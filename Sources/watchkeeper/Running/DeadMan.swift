import CloudAPI
import Transfer
import WatchCore
import WatchEngine

/// Tells a dead man's switch outside at each interval that the watch lives: as long as its loop
/// turns, and no longer; nor while the journal cannot be written, since what is to be told to people goes
/// through it, and the switch's own alarm is then the only one that is heard.
struct DeadMan: Sendable {
  var plan: DeadManPlan
  var http: HTTPClient
  var secrets: ChannelSecrets

  /// Seconds: a disk that is full for a moment is nobody's alarm.
  static let unsavedLimit = 60

  /// Until it is cancelled.
  func run(_ watch: Watch) async {
    var turns = -1
    while !Task.isCancelled {
      if watch.turns != turns, watch.unsavedSeconds < Self.unsavedLimit {
        turns = watch.turns
        watch.take(await tell())
      }
      try? await Task.sleep(for: plan.every)
    }
  }

  /// One GET; any 2xx is an answer.
  func tell() async -> DeadManAnswer {
    let url: Secret
    do throws(ChannelSecrets.Problem) {
      // Anew each time: it may be changed under a watch that runs for months.
      url = try await secrets.read(plan.url)
    } catch {
      return .unheard(error.sentence)
    }
    let request = HTTPRequest(
      url: url.reveal, headers: [HTTPHeader("User-Agent", "watchkeeper/\(Program.version)")],
      limits: HTTPLimits(totalMillis: 10_000, bodyBytes: 64 << 10))
    do throws(HTTPError) {
      let status = try await http.send(request).status
      return (200..<300).contains(status) ? .heard : .unheard("it answered with status \(status)")
    } catch {
      return .unheard(error.inWords)
    }
  }
}
