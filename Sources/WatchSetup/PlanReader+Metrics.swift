import WatchCore

extension PlanReader {
  /// `metrics: { file: "/var/lib/node_exporter/watchkeeper.prom", listen: "127.0.0.1:9464" }`
  mutating func readMetrics(_ value: JSON5Value) {
    guard let fields = fields(value, "metrics", ["file", "listen"]) else { return }
    var metrics = MetricsPlan()
    if let member = fields["file"] { metrics.file = metricsFile(member.value) }
    if let member = fields["listen"] { metrics.listen = listen(member.value) }
    if fields["file"] == nil, fields["listen"] == nil {
      problem(
        fields.place, "metrics names no place",
        "add file: \"/path/watchkeeper.prom\" or listen: \"127.0.0.1:9464\"")
    }
    plan.metrics = metrics
  }

  private mutating func metricsFile(_ value: JSON5Value) -> String? {
    guard let path = text(value, "file") else { return nil }
    guard path.hasPrefix("/"), path.hasSuffix(".prom"), path == path.plainLine,
      !path.hasSuffix("/.prom")
    else {
      problem(
        value.place, "file is \(named(path))",
        "write a whole path that ends in .prom: node_exporter reads no other")
      return nil
    }
    return path
  }

  private mutating func listen(_ value: JSON5Value) -> LoopbackAddress? {
    guard let text = text(value, "listen") else { return nil }
    guard let address = LoopbackAddress(text: text) else {
      problem(
        value.place, "listen is \(named(text)), which is no loopback address with a port",
        "write \"127.0.0.1:9464\": others read it through a proxy of your own, or an SSH tunnel")
      return nil
    }
    return address
  }
}
