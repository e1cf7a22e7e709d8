import Crypto
import Transfer
import WatchCore

/// A webhook of the user's own, signed: the notification as JSON, and headers by which its receiver can
/// tell that it is ours, new, and no double (docs/channels.md).
enum WebhookChannel {
  /// - Parameters:
  ///   - seconds: the time of this attempt, as signed: Unix time.
  ///   - sign: HMAC-SHA256 in hexadecimal digits of `v1.SECONDS.BODY`, or what stands for it in a dry
  ///     run.
  static func request(
    _ notification: AlertNotification, url: String, seconds: Int64,
    sign: (_ signed: [UInt8]) -> String
  ) -> HTTPRequest {
    var request = HTTPRequest.json(url: url, notification.document)
    let signature = sign(Array("v1.\(seconds).".utf8) + request.body)
    request.headers += [
      HTTPHeader("Idempotency-Key", MessageKey.text(notification.messageKey)),
      HTTPHeader("X-Watchkeeper-Timestamp", String(seconds)),
      HTTPHeader("X-Watchkeeper-Signature", "v1=\(signature)"),
    ]
    return request
  }

  static func signature(of signed: [UInt8], key: String) -> String {
    Hex.encode(HMACSHA256.code(key: Array(key.utf8), message: signed))
  }

  /// Any 2xx; an `id` in a JSON answer, or a header `X-Request-Id`, is kept, and `acknowledged_by`.
  static func answer(_ response: HTTPResponse) -> ChannelAnswer {
    ChannelAnswer.reading(response, of: "the webhook") { response in
      .accepted(try? JSON(bytes: response.body), id: response.header("X-Request-Id"))
    }
  }
}
