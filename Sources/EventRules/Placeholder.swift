/// Patterns over audit events; filled by the files to come.
enum EventRulesPlaceholder {}
