import WatchCore
import WatchSetup

/// `watchkeeper guard aws`: policies that keep others from silencing the pipelines.
enum GuardCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    let output = try PolicyOutput(arguments)
    for entry in try AccountsAtHand(arguments).entries {
      let guarding: GuardPolicy
      do {
        guarding = try GuardPolicy(
          inventory: entry.inventory, allowed: arguments.values("--allow-role"),
          asksForMFA: !arguments.has("--no-mfa"))
      } catch {
        throw UsageError.missing("--allow-role: \(error.text)")
      }
      for line in entry.inventory.unseen {
        Printer.error("\(entry.account.name): not asked: \(line)")
      }
      guard !guarding.isEmpty else {
        throw ProgramError(
          "no part of a pipeline is known in account \(entry.account.name): name a source",
          status: 78)
      }
      for note in guarding.notes { Printer.error(note) }
      try output.write(
        arguments.has("--boundary")
          ? [guarding.boundary] : guarding.policies + guarding.controlPolicies)
    }
    return 0
  }
}
