extension TrailSelectors {
  /// What became of the selectors, one line a change, and whether something is lost or won by it.
  public struct Difference: Hashable, Sendable {
    public var lost: [String] = []
    public var won: [String] = []
  }

  /// By meaning: what was kept before and is covered by nothing now is lost, however it is written.
  public func difference(to new: TrailSelectors) -> Difference {
    var change = Difference()
    change.lost += Set(new.exclusions).subtracting(exclusions).sorted().map { "excludes \($0)" }
    change.won += Set(exclusions).subtracting(new.exclusions).sorted().map {
      "excludes \($0) no more"
    }
    change.lost += resources.filter { !new.covers($0) }.map { "no more data events of \($0.text)" }
    change.won += new.resources.filter { !covers($0) }.map { "data events of \($0.text)" }
    change.lost += advanced.filter { !new.covers($0) }.map { "no more selector \($0.text)" }
    change.won += new.advanced.filter { !covers($0) }.map { "selector \($0.text)" }
    return change
  }

  private func covers(_ resource: Resource) -> Bool {
    resources.contains { $0.covers(resource) }
      || advanced.contains { $0.covers(resource.asAdvanced) }
  }

  private func covers(_ selector: Advanced) -> Bool {
    // Management events are judged as a whole: the trail's `management`, and the exclusions.
    if selector.category == "Management" { return true }
    return advanced.contains { $0.covers(selector) }
      || resources.contains { $0.asAdvanced.covers(selector) }
  }
}

extension TrailSelectors.Resource {
  /// The same, said as an advanced selector: whoever moves from one kind to the other loses nothing.
  fileprivate var asAdvanced: TrailSelectors.Advanced {
    typealias Field = TrailSelectors.Field
    var fields = [
      Field(name: "eventCategory", conditions: ["equals": ["Data"]]),
      Field(name: "resources.type", conditions: ["equals": [type]]),
    ]
    if value != "arn:aws:s3", value != "arn:aws:lambda", value != "arn:aws:dynamodb" {
      fields.append(Field(name: "resources.ARN", conditions: ["startsWith": [value]]))
    }
    if reads != "All" {
      fields.append(
        Field(name: "readOnly", conditions: ["equals": [reads == "ReadOnly" ? "true" : "false"]]))
    }
    return TrailSelectors.Advanced(fields: fields)
  }
}
