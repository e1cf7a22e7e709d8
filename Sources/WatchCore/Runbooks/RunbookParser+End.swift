// What can be said only when the whole file was read.
extension RunbookParser {
  mutating func finish() -> Runbook {
    switch place {
    case .start, .header: fail(.headerNotClosed)
    case .fence(let opened): fail(.fenceNotClosed, at: opened)
    case .body:
      if steps.isEmpty {
        fail(.noSteps)
      } else {
        settleMarks()
      }
    }
    return Runbook(
      name: Runbook.name(ofFile: file), title: header["title", default: ""], codes: codes,
      owner: header["owner", default: ""], role: header["role", default: ""],
      meaning: templates(of: meaning), steps: finishedSteps())
  }

  private mutating func finishedSteps() -> [RunbookStep] {
    var finished: [RunbookStep] = []
    for draft in steps {
      var step = draft.step
      step.prose = templates(of: draft.prose)
      finished.append(step)
    }
    return finished
  }

  private mutating func templates(of paragraphs: Paragraphs) -> [Runbook.Template] {
    var templates: [Runbook.Template] = []
    for (text, line) in paragraphs.all { templates.append(template(text, at: line)) }
    return templates
  }

  private mutating func settleMarks() {
    for index in steps.indices {
      for mark in steps[index].marks { settle(mark, in: index) }
      let isLast = index == steps.count - 1
      if isLast, !steps[index].step.closes { fail(.noClosingStep, at: steps[index].line) }
      if !isLast, steps[index].step.closes { fail(.closesTooEarly, at: steps[index].line) }
    }
  }

  private mutating func settle(_ mark: Mark, in index: Int) {
    switch (mark.name, mark.value) {
    case ("probe", "yes"): steps[index].step.probes = true
    case ("remedy", "yes"):
      if steps[index].step.commands.isEmpty {
        fail(.badMark("remedy", value: "yes"), at: mark.line)
      }
      steps[index].step.remedies = true
    case ("close", "yes"): steps[index].step.closes = true
    case ("good", _), ("bad", _):
      let (text, goTo) = Runbook.splitGoTo(mark.value)
      if text.isEmpty { fail(.badMark(mark.name, value: mark.value), at: mark.line) }
      if let goTo, !(1...steps.count).contains(goTo) { fail(.stepNotThere(goTo), at: mark.line) }
      steps[index].step.outcomes.append(
        .init(isGood: mark.name == "good", text: template(text, at: mark.line), goTo: goTo))
    default: fail(.badMark(mark.name, value: mark.value), at: mark.line)
    }
  }
}

/// Lines gathered into paragraphs: a blank line ends one, a list item starts one.
struct Paragraphs {
  private(set) var all: [(text: String, line: Int)] = []
  private var isOpen = false

  mutating func add(_ text: String, at line: Int) {
    let trimmed = text.trimmed
    if trimmed.isEmpty {
      isOpen = false
    } else if isOpen, !trimmed.hasPrefix("- ") {
      all[all.count - 1].text += " " + trimmed
    } else {
      all.append((trimmed, line))
      isOpen = true
    }
  }
}
