import CloudAPI
import Foundation

/// What a message of the watch's queue holds. Anybody who may send to it may write anything into it.
enum GridEnvelope {
  /// An operation of Resource Manager, by whatever way it came.
  case event(ActivityEvent)
  /// Readable, and of nothing that we watch.
  case other
  case unreadable

  /// Event Grid's own schema, CloudEvents 1.0, an Activity Log alert in the common schema or the old
  /// one; alone or as the one element of a list.
  static func read(_ body: String) -> GridEnvelope {
    guard let value = try? JSONReader.read(Array(body.utf8)) else { return .unreadable }
    if let list = value.array {
      guard list.count == 1, let only = list.first, only.members != nil else { return .unreadable }
      return object(only)
    }
    return value.members == nil ? .unreadable : object(value)
  }

  private static func object(_ value: JSONValue) -> GridEnvelope {
    if let schema = value["schemaId"]?.string { return alert(value, schema) }
    guard let type = (value["eventType"] ?? value["type"])?.string,
      let time = (value["eventTime"] ?? value["time"])?.string.flatMap({ TimeText.iso8601($0) })
    else { return .unreadable }
    let kind = type.lowercased()
    guard kind.hasPrefix("microsoft.resources.resource") else { return .other }
    guard let data = value["data"], data.members != nil else { return .unreadable }
    var event = ActivityEvent(time: time)
    fill(&event, data)
    event.eventDataID = value["id"]?.string
    event.resourceID =
      word(data["resourceUri"]) ?? word(value["subject"]).flatMap { $0.hasPrefix("/") ? $0 : nil }
    // `ResourceDeleteSuccess`, `…Failure`, `…Cancel`.
    if event.status == nil || !kind.hasSuffix("success") {
      event.status = kind.hasSuffix("success") ? "Succeeded" : "Failed"
    }
    event.category = "Administrative"
    return event.operation == nil ? .other : .event(event)
  }

  /// "Common alert schema for Activity Log alerts", and the one before it.
  private static func alert(_ value: JSONValue, _ schema: String) -> GridEnvelope {
    let data = value["data"]
    let context: JSONValue?
    switch schema.lowercased() {
    case "azuremonitorcommonalertschema":
      let service = data?["essentials"]?["monitoringService"]?.string?.lowercased() ?? ""
      guard service.hasPrefix("activity log") else { return data == nil ? .unreadable : .other }
      context = data?["alertContext"]
    case "microsoft.insights/activitylogs": context = data?["context"]?["activityLog"]
    default: return .other
    }
    guard let context, context.members != nil,
      let time = context["eventTimestamp"]?.string.flatMap({ TimeText.iso8601($0) })
    else { return .unreadable }
    var event = ActivityEvent(time: time)
    fill(&event, context)
    event.eventDataID = word(context["eventDataId"])
    event.resourceID =
      word(context["resourceId"]) ?? word(object(context["authorization"])?["scope"])
      ?? data?["essentials"]?["alertTargetIDs"]?.array?.first?.string
    event.category = word(context["eventSource"]) ?? "Administrative"
    if let category = word(context["category"]) { event.category = category }
    event.status = word(context["status"]) ?? event.status
    return event.operation == nil ? .other : .event(event)
  }

  /// What both have in common. Objects may come as text that holds them.
  private static func fill(_ event: inout ActivityEvent, _ data: JSONValue) {
    let claims = object(data["claims"])
    let request = object(data["httpRequest"])
    event.operation = word(data["operationName"]) ?? word(object(data["authorization"])?["action"])
    event.status = word(data["status"])
    event.subStatus = word(data["subStatus"])
    event.correlationID = word(data["correlationId"])
    event.operationID = word(data["operationId"])
    event.subscriptionID = word(data["subscriptionId"])
    event.tenantID = word(data["tenantId"])
    event.appID = word(claims?["appid"])
    event.clientAddress = word(request?["clientIpAddress"]) ?? word(claims?["ipaddr"])
    event.clientRequestID = word(request?["clientRequestId"])
    event.method = word(request?["method"])
    event.caller = word(data["caller"]) ?? caller(claims)
  }

  /// A user's principal name as the claims spell it; for an application its object id.
  private static func caller(_ claims: JSONValue?) -> String? {
    let names = [
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn", "upn", "unique_name",
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
      "http://schemas.microsoft.com/identity/claims/objectidentifier", "oid", "appid",
    ]
    return names.lazy.compactMap { word(claims?[$0]) }.first
  }

  private static func word(_ value: JSONValue?) -> String? {
    let text = value?.string ?? value?["value"]?.string
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func object(_ value: JSONValue?) -> JSONValue? {
    if value?.members != nil { return value }
    guard let text = value?.string, let inner = try? JSONReader.read(Array(text.utf8)),
      inner.members != nil
    else { return nil }
    return inner
  }
}
