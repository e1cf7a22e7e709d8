/// How long audit records must be kept, and who asks for it.
public struct RetentionBar: Hashable, Sendable {
  /// Whole days.
  public var days: Int
  /// `SOC 2`, `HIPAA`, or `configuration` for a number of one's own.
  public var framework: String

  public init(days: Int, framework: String) {
    self.days = days
    self.framework = framework
  }

  /// Without any choice: one year, as SOC 2 auditors ask (three years are advised).
  public static let standard = RetentionBar(days: 365, framework: "SOC 2")

  /// By the configuration's word. Sources: HIPAA 45 CFR 164.316(b)(2)(i), six years; PCI DSS 10.5.1,
  /// twelve months; SOC 2 asks one year by custom; NIST SP 800-171 3.3.1 leaves the time to the
  /// organization: contracts (DFARS 252.204-7012) ask 90 days at least, three years are common.
  public static let frameworks: [String: RetentionBar] = [
    "soc2": RetentionBar(days: 365, framework: "SOC 2"),
    "pci": RetentionBar(days: 365, framework: "PCI DSS"),
    "hipaa": RetentionBar(days: 6 * 365, framework: "HIPAA"),
    "nist-800-171": RetentionBar(days: 3 * 365, framework: "NIST SP 800-171"),
    "seven-years": RetentionBar(days: 7 * 365, framework: "seven years"),
  ]
}
