/// Does the work for each item, at most `width` at once. Results come in the items' order.
func inParallel<Item: Sendable, Value: Sendable>(
  _ items: [Item], width: Int = 8, _ work: @escaping @Sendable (Item) async -> Value
) async -> [Value] {
  await withTaskGroup(of: (Int, Value).self) { group in
    var results = [Value?](repeating: nil, count: items.count)
    var next = 0
    func start() {
      guard next < items.count else { return }
      let index = next
      let item = items[index]
      group.addTask { (index, await work(item)) }
      next += 1
    }
    for _ in 0..<max(width, 1) { start() }
    while let (index, value) = await group.next() {
      results[index] = value
      start()
    }
    return results.compactMap { $0 }
  }
}
