import CloudAPI
import Posix
import WatchCore
import WatchProbes
import WatchSetup

/// `watchkeeper init aws | azure | gcp`: finds what there is to watch with the credentials at hand, and
/// writes a configuration. It asks the cloud, and never writes to it; it never overwrites a file.
enum InitCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 1)
    let surroundings = Surroundings()
    let path = try arguments.value("--output") ?? Places(arguments, surroundings).configuration
    guard let cloud = arguments.words.first.flatMap({ Cloud(rawValue: $0) }) else {
      throw UsageError.missing("init needs the word aws, azure or gcp")
    }
    guard path == "-" || (try? FileFacts(path: path)) == nil else {
      let other = cloud == .aws ? "" : "; --output - prints what you can add to it"
      throw ProgramError(
        "\(path) is there already and is left as it is: name another with --output FILE\(other)",
        status: 73)
    }
    switch cloud {
    case .aws: return try aws(arguments, surroundings, to: path)
    case .azure: return try UnitInit.azure(arguments, surroundings, to: path)
    case .gcp: return try UnitInit.gcp(arguments, surroundings, to: path)
    }
  }

  private static func aws(
    _ arguments: Arguments, _ surroundings: Surroundings, to path: String
  ) throws -> Int32 {
    if arguments.value("--config") != nil || arguments.value("--account") != nil {
      throw UsageError.missing("init aws takes --profile, not --config or --account")
    }
    let profile = arguments.value("--profile")
    let account = CloudAccount(cloud: .aws, name: "init", profile: profile)
    let http = try LiveSession.http(surroundings)
    let client = CloudClients.live(http: http, surroundings).aws(account)
    let now = ProgramClock.system.now()
    let findings = try Blocking.run { () async -> Result<Findings, AWSError> in
      do throws(AWSError) {
        return .success(try await Finder(client: client).find(at: now))
      } catch {
        return .failure(error)
      }
    }
    switch findings {
    case .failure(let error):
      throw ProgramError("nothing could be found out: \(error.plain)", status: 69)
    case .success(let findings):
      let draft = ConfigurationDraft(
        findings: findings, profile: profile ?? surroundings.environment["AWS_PROFILE"],
        me: surroundings.me.name, at: now)
      return try write(draft, client, to: path, isNamed: arguments.value("--output") != nil)
    }
  }

  private static func write(
    _ draft: ConfigurationDraft, _ client: AWSClient, to path: String, isNamed: Bool
  ) throws -> Int32 {
    let bill = bill(draft, client)
    try write(draft.text(bill: bill), to: path)
    tell(draft.findings, bill, path, isNamed: isNamed)
    return 0
  }

  /// A draft that is read without a complaint, to a file that was not there, or to standard output.
  static func write(_ text: String, to path: String) throws {
    let outcome = ConfigurationReader.read(Array(text.utf8))
    guard outcome.errors.isEmpty else {
      for problem in outcome.errors { Printer.error(problem.line(file: path)) }
      throw ProgramError("the configuration that was made cannot be read: tell its authors")
    }
    if path == "-" {
      Printer.page(text)
    } else {
      try makeFolder(of: path)
      try NewFile.write(text, to: path)
    }
  }

  /// What comes next, on standard error.
  /// - Parameter isNamed: the path was said: the program would not look there by itself.
  static func tellNext(_ count: String, _ path: String, isNamed: Bool) {
    Printer.error("\(count); " + (path == "-" ? "nothing was written" : "\(path) is written"))
    if path != "-" {
      let file = Shell.quoted(path)
      let option = isNamed ? " --config \(file)" : ""
      Printer.error("next: watchkeeper config check \(file), watchkeeper check\(option)")
    }
  }

  private static func makeFolder(of path: String) throws(ProgramError) {
    let folder = Directory.parent(of: path)
    guard !Directory.isDirectory(folder) else { return }
    do throws(PosixError) {
      try Directory.create(folder)
    } catch {
      throw ProgramError("\(folder): \(error.reason)", status: 73)
    }
  }

  /// On standard error, beside the file.
  private static func tell(
    _ findings: Findings, _ bill: CallBill?, _ path: String, isNamed: Bool
  ) {
    for line in findings.unseen { Printer.error("not seen: \(line)") }
    for line in bill.map(ConfigurationDraft.cost) ?? [] { Printer.error(line) }
    let count = findings.trails.count
    tellNext(
      "\(count) trail\(count == 1 ? "" : "s") in account \(findings.identity.account)", path,
      isNamed: isNamed)
  }

  /// What this configuration would cost.
  private static func bill(_ draft: ConfigurationDraft, _ client: AWSClient) -> CallBill? {
    let text = draft.text(bill: nil)
    guard let plan = ConfigurationReader.read(Array(text.utf8)).plan,
      let account = plan.accounts.first
    else { return nil }
    let probes = AWSProbes.make(account: account, sources: plan.sources, client: client)
    let readers = AWSProbes.readers(account: account, sources: plan.sources, client: client)
    return CallEstimate(
      regions: draft.findings.regions?.count,
      hasKey: draft.findings.trails.contains { $0.trail.kmsKeyID != nil }
    ).bill(account, sources: plan.sources, probes: probes, readers: readers)
  }
}
