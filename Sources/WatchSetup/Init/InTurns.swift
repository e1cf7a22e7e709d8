/// Work on many things, so many at once; results come in the things' order.
enum InTurns {
  static func run<Item: Sendable, Value: Sendable>(
    _ items: [Item], width: Int, _ work: @escaping @Sendable (Item) async -> Value
  ) async -> [Value] {
    var results = [Value?](repeating: nil, count: items.count)
    await withTaskGroup(of: (Int, Value).self) { group in
      for (index, item) in items.enumerated() {
        if index >= width, let (at, value) = await group.next() { results[at] = value }
        group.addTask { (index, await work(item)) }
      }
      for await (at, value) in group { results[at] = value }
    }
    return results.compactMap { $0 }
  }
}
