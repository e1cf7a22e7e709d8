import Foundation

extension AWSClient {
  /// DescribeAlarms: every metric alarm and composite alarm of a region, 100 a page.
  /// IAM: `cloudwatch:DescribeAlarms`.
  public func alarms(region: String) async throws(AWSError) -> Alarms {
    let fixed = [
      (name: "AlarmTypes.member.1", value: "MetricAlarm"),
      (name: "AlarmTypes.member.2", value: "CompositeAlarm"), (name: "MaxRecords", value: "100"),
    ]
    var alarms = Alarms()
    let isWhole = try await Paging.walk("DescribeAlarms", cap: Paging.settingsCap) {
      (token) async throws(AWSError) in
      let more = token.map { [(name: "NextToken", value: $0)] } ?? []
      let call = AWSCall.form(
        .cloudWatch, version: "2010-08-01", "DescribeAlarms", region: region, fixed + more)
      let answer = try await answer(to: call)
      let page = try answer.result("DescribeAlarms")
      guard let metric = page["MetricAlarms"] else {
        throw answer.unreadable("it has no MetricAlarms")
      }
      for entry in metric.all("member") { alarms.metric.append(try Self.metricAlarm(entry)) }
      for entry in page["CompositeAlarms"]?.all("member") ?? [] {
        alarms.composite.append(try Self.compositeAlarm(entry))
      }
      return page.text("NextToken").map { .more(token: $0) } ?? .end
    }
    guard isWhole else { throw Paging.endless("DescribeAlarms") }
    return alarms
  }

  private static let states = ["OK", "ALARM", "INSUFFICIENT_DATA"]

  private static func metricAlarm(_ entry: XMLMembers) throws(AWSError) -> MetricAlarm {
    var alarm = MetricAlarm(
      name: try entry.needText("AlarmName"), arn: try entry.needText("AlarmArn"),
      isActionsEnabled: try entry.needFlag("ActionsEnabled"),
      state: try entry.needWord("StateValue", of: states))
    alarm.metric = metric(entry)
    for dimension in entry["Dimensions"]?.all("member") ?? [] {
      alarm.dimensions[try dimension.needText("Name")] = dimension.text("Value") ?? ""
    }
    for query in entry["Metrics"]?.all("member") ?? [] {
      if let found = query["MetricStat"]?["Metric"].flatMap(metric) { alarm.metrics.append(found) }
    }
    alarm.alarmActions = actions(entry, "AlarmActions")
    alarm.okActions = actions(entry, "OKActions")
    alarm.insufficientDataActions = actions(entry, "InsufficientDataActions")
    alarm.stateReason = entry.text("StateReason")
    alarm.stateUpdated = try entry.time("StateUpdatedTimestamp")
    alarm.stateTransitioned = try entry.time("StateTransitionedTimestamp")
    alarm.comparison = entry.text("ComparisonOperator")
    alarm.threshold = entry.text("Threshold").flatMap(Double.init)
    alarm.treatMissingData = entry.text("TreatMissingData") ?? "missing"
    return alarm
  }

  private static func compositeAlarm(_ entry: XMLMembers) throws(AWSError) -> CompositeAlarm {
    var alarm = CompositeAlarm(
      name: try entry.needText("AlarmName"), arn: try entry.needText("AlarmArn"),
      rule: try entry.needText("AlarmRule"),
      isActionsEnabled: try entry.needFlag("ActionsEnabled"),
      state: try entry.needWord("StateValue", of: states))
    alarm.alarmActions = actions(entry, "AlarmActions")
    alarm.stateUpdated = try entry.time("StateUpdatedTimestamp")
    alarm.actionsSuppressor = entry.text("ActionsSuppressor")
    return alarm
  }

  private static func metric(_ entry: XMLMembers) -> MetricName? {
    guard let name = entry.text("MetricName"), let namespace = entry.text("Namespace") else {
      return nil
    }
    return MetricName(name: name, namespace: namespace)
  }

  private static func actions(_ entry: XMLMembers, _ name: String) -> [String] {
    entry[name]?.all("member").map(\.node.text).filter { !$0.isEmpty } ?? []
  }
}

extension AWSAnswer {
  /// What an awsQuery answer holds: the element `OPERATIONResult`.
  func result(_ operation: String) throws(AWSError) -> XMLMembers {
    guard let node = try xml()["\(operation)Result"] else {
      throw unreadable("it has no \(operation)Result")
    }
    return XMLMembers(answer: self, node: node)
  }
}
