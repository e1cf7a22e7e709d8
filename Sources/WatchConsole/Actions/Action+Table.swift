import TextCanvas

extension Action {
  /// Every action, in the order of help.
  public static let all: [Action] = acts + steps + lists + views + program

  private static let acts: [Action] = [
    one(.ack, "a", "ack", "Acknowledge the selected alert. CLR: close it; your own ACK: renew it."),
    one(.assign, "A", "assign", "Assign the alert: Enter to yourself (take over), or a name."),
    one(
      .resolve, "R", "resolve", "Resolve the alert with a line on the cause: the end of an event."),
    one(.undo, "u", "undo", "Undo your last act on this alert: a new entry takes it back."),
    one(.note, "c", "note", "Add a note: one line, Enter saves it, Ctrl-J starts a new line."),
    one(.shelve, "s", "shelve", "Shelve the alert: 1 to 4 choose the time, then a reason."),
    one(
      .escalate, "e", "escalate", "Escalate: call the next person now, with a line; asks first."),
    one(
      .accept, "b", "accept",
      "Accept a weakness (baseline) until a date, with a reason; or take that back."),
    one(.mark, "m", "mark", "Mark the row: acts then cover all marked ones, after a question."),
  ]

  private static let steps: [Action] = [
    one(.runbook, "r", "runbook", "Go to the runbook."),
    one(.stepDone, " ", "step done", "Runbook: this step is done."),
    one(
      .stepSkip, "x", "skip step", "Runbook: skip this step, or say that it failed; with a reason."),
    one(
      .stepRun, "X", "run step",
      "Runbook: run this step's command, which changes something; a word is typed to confirm."),
    one(.probe, "p", "probe", "Probe now: what the alert is about, or everything."),
    one(.raw, "y", "raw", "Show the raw record, escaped."),
  ]

  private static let lists: [Action] = [
    one(
      .nextNew, "n", "next new",
      "Go to the highest NEW alert, then to the next; lets waiting ones in."),
    one(.previousNew, "N", "prev new", "Go back to the NEW alert before."),
    Action(name: .open, keys: [.enter], hint: "open", help: "Open or unfold what is selected."),
    Action(
      name: .back, keys: [.escape], hint: "back",
      help: "Back: clears a filter, then marks, then leaves the screen."),
    Action(name: .up, keys: [.up, .character("k")], hint: "row up", help: "Up."),
    Action(name: .down, keys: [.down, .character("j")], hint: "row down", help: "Down."),
    Action(
      name: .left, keys: [.left, .character("h")], hint: "pane left",
      help: "To the pane on the left."),
    Action(
      name: .right, keys: [.right, .character("l")], hint: "pane right",
      help: "To the pane on the right."),
    Action(
      name: .first, keys: [.character("g"), .home], hint: "first row", help: "To the first row."),
    Action(name: .last, keys: [.character("G"), .end], hint: "last row", help: "To the last row."),
    Action(name: .pageUp, keys: [.pageUp], hint: "page up", help: "A page up."),
    Action(name: .pageDown, keys: [.pageDown], hint: "page down", help: "A page down."),
    Action(name: .nextPane, keys: [.tab], hint: "pane", help: "To the next pane."),
    Action(name: .previousPane, keys: [.backTab], hint: "pane back", help: "To the pane before."),
    one(
      .filter, "/", "filter",
      "Filter: words, !word, cloud: state: pri: who: what: alert: day:."),
    one(
      .fold, "F", "fold",
      "Fold or unfold the alert list (in a flood it folds by itself), or the posture checks."),
  ]

  private static let views: [Action] = [
    one(.overview, "1", "overview", "The overview."),
    one(.journal, "2", "journal", "The journal (acknowledgement log)."),
    one(.shelved, "3", "shelved", "What is shelved, by whom, until when and why."),
    one(.posture, "4", "posture", "How the pipelines are set up: checks, what fails first."),
    one(.graph, "5", "graph", "Who can mute me? The pipeline, and the last proof of each edge."),
    Action(name: .aws, keys: [], hint: "AWS", help: "All paths of AWS; as Enter on its panel."),
    Action(
      name: .azure, keys: [], hint: "Azure", help: "All paths of Azure; as Enter on its panel."),
    Action(
      name: .gcp, keys: [], hint: "GCP", help: "All paths of Google Cloud; as Enter on its panel."),
    one(.freeze, "f", "freeze", "Freeze the view, or let it go on; NEW keeps counting."),
    one(.verify, "v", "verify", "Verify the journal's chain."),
    one(.duty, "H", "duty", "Hand duty over, or take it over; asks first."),
    Action(
      name: .mute, keys: [], hint: "mute",
      help: "Withhold notifications: 30m REASON, 4h at most; end ends it. Alerts go on."),
  ]

  private static let program: [Action] = [
    one(.palette, ":", "command", "Type a command; lists each with its key."),
    Action(name: .theme, keys: [], hint: "theme", help: "Try the themes on this screen."),
    Action(
      name: .redraw, keys: [.control("l")], hint: "redraw", help: "Send every cell again."),
    Action(
      name: .suspend, keys: [.control("z")], hint: "suspend", help: "Suspend; fg comes back."),
    Action(
      name: .interrupt, keys: [.control("c")], hint: "leave",
      help: "Leave a field or question; twice in 2 s quits."),
    one(.quit, "q", "quit", "Quit; asks once if a high alert is NEW."),
    one(.help, "?", "help", "This help; type to search."),
  ]

  private static func one(
    _ name: Name, _ key: Unicode.Scalar, _ hint: String, _ help: String
  ) -> Action {
    Action(name: name, keys: [.character(key)], hint: hint, help: help)
  }

  /// Keys that later versions use: they answer, and stand nowhere else.
  static let later: [Unicode.Scalar: String] = [
    "w": "write report is not there yet: watchkeeper journal export writes the entries"
  ]
}
