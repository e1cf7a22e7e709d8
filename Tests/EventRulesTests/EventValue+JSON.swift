import Foundation

@testable import EventRules

/// JSON text as a value, for tables that read like what AWS is sent.
extension EventValue {
  init(json: String) throws {
    self = try JSONDecoder().decode(Wrapped.self, from: Data(json.utf8)).value
  }

  private struct Wrapped: Decodable {
    var value: EventValue

    init(from decoder: any Decoder) throws {
      let single = try decoder.singleValueContainer()
      if single.decodeNil() {
        value = .null
      } else if let flag = try? single.decode(Bool.self) {
        value = .bool(flag)
      } else if let number = try? single.decode(Double.self) {
        value = .number("\(number)")
      } else if let text = try? single.decode(String.self) {
        value = .string(text)
      } else if let list = try? single.decode([Wrapped].self) {
        value = .array(list.map(\.value))
      } else {
        value = .object(try single.decode([String: Wrapped].self).mapValues(\.value))
      }
    }
  }
}
