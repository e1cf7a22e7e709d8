extension ChannelPlan.Kind {
  /// Whether a kind has a word for an act. PagerDuty knows only trigger, acknowledge and resolve: a
  /// condition that has cleared stays open there until somebody has seen it, as it does on the board,
  /// and a note has no place.
  public func carries(_ act: AlertNotification.Act) -> Bool {
    switch (self, act) {
    case (.pagerduty, .cleared), (.pagerduty, .note): false
    default: true
    }
  }
}
