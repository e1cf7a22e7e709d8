import WatchCore
import WatchSetup

/// `watchkeeper load [--json]`: how alerting goes over the last 30 days, against what ISA-18.2 and EEMUA 191
/// hold for bearable. Reads the journal and nothing else.
enum LoadCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    let places = try Places(arguments, Surroundings())
    let picture = try OperatorEntry.picture(places.stateFolder)
    let now = ProgramClock.system.now()
    let load = AlarmLoad(picture, from: now - AlarmLoad.base, to: now)
    let aim = AlarmLoad.aim(picture)
    if arguments.has("--json") {
      Printer.json(load.json(aim: aim))
      return 0
    }
    let since = max(load.from, picture.marks.began ?? now)
    Printer.line("alarm load of \(load.span), since \(since.iso)")
    for line in load.lines(aim: aim) {
      let target = line.target.isEmpty ? "" : "   (\(line.target))"
      Printer.line(
        line.name + String(repeating: " ", count: max(1, 30 - line.name.count)) + line.value
          + target)
    }
    return 0
  }
}
