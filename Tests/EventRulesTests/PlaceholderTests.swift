import Testing

@testable import EventRules

@Test func placeholderOfEventRules() {
  #expect(String(describing: EventRulesPlaceholder.self) == "EventRulesPlaceholder")
}
