import WatchCore

/// Detection, routing, people: what turns a record into an alarm that somebody hears.
extension TamperTable {
  static let alerting: [TamperAction] =
    rows("logs", .detection, .filter, filters) + rows("monitoring", .detection, .alarm, alarms)
    + rows("events", .routing, .rule, rules) + rows("events", .routing, .bus, buses)
    + rows("scheduler", .routing, .schedule, schedules)
    + rows("lambda", .routing, .function, functions) + rows("sns", .people, .topic, topics)
    + rows("sns", .people, .subscription, subscriptions) + rows("sqs", .queue, .queue, queues)

  private static let filters: [Name] = [
    .now("DeleteMetricFilter", .cuts), .now("PutMetricFilter", TamperMeaning.metricFilter),
  ]

  private static let alarms: [Name] = [
    .now("DeleteAlarms", .cuts), .now("DisableAlarmActions", .cuts("actionsEnabled false")),
    .now("PutMetricAlarm", TamperMeaning.alarm), .also("PutCompositeAlarm", TamperMeaning.alarm),
    .now("SetAlarmState", TamperMeaning.alarmState), .now("PutAlarmMuteRule", .cuts("muted")),
    .also("EnableAlarmActions", .widens),
  ]

  private static let rules: [Name] = [
    .now("DisableRule", .cuts("State DISABLED")), .now("DeleteRule", .cuts),
    .now("RemoveTargets", TamperMeaning.removedTargets), .now("PutRule", TamperMeaning.rule),
    .also("PutTargets", .changes), .also("EnableRule", .widens),
  ]

  private static let buses: [Name] = [.now("DeleteEventBus", .cuts)]

  private static let schedules: [Name] = [
    .also("UpdateSchedule", TamperMeaning.schedule), .also("DeleteSchedule", .cuts),
  ]

  /// Recorded with the API's date: `DeleteFunction20150331`, `UpdateFunctionCode20150331v2`.
  private static let functions: [Name] = [
    .also("DeleteFunction", .cuts), .also("UpdateFunctionCode", .changes),
    .also("UpdateFunctionConfiguration", .changes),
    .also("PutFunctionConcurrency", TamperMeaning.concurrency),
    .also("DeleteFunctionConcurrency", .widens),
    .also("RemovePermission", .shrinks("somebody may call the function no more")),
  ]

  private static let topics: [Name] = [
    .now("DeleteTopic", .cuts), .now("SetTopicAttributes", TamperMeaning.topicAttribute),
    .also("RemovePermission", .shrinks("somebody may publish no more")),
    .also("AddPermission", .changes), .also("Subscribe", .widens),
  ]

  private static let subscriptions: [Name] = [
    .now("Unsubscribe", .cuts),
    .now("SetSubscriptionAttributes", TamperMeaning.subscriptionAttribute),
  ]

  /// The watch's own ears.
  private static let queues: [Name] = [
    .also("DeleteQueue", .cuts), .also("PurgeQueue", .shrinks("messages thrown away")),
    .also("SetQueueAttributes", .changes), .also("RemovePermission", .changes),
  ]
}
