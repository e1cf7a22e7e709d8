extension PriceList {
  /// Prices of East US (hot tier, locally redundant) as known in the middle of 2025: not held against
  /// Azure's pages.
  public static let azure = PriceList(
    asOf: "2025-06", region: "East US", isVerified: false,
    prices: [blobList, storageQueue, azureFree])

  static let blobList = CallPrice(
    "Blob LIST", 0.05, per: 10_000, source: "azure.microsoft.com/pricing/details/storage/blobs")
  static let storageQueue = CallPrice(
    "Storage queue", 0.004, per: 10_000,
    source: "azure.microsoft.com/pricing/details/storage/queues")
  /// Resource Manager, the Activity Log, queries of tables in the Analytics plan.
  static let azureFree = CallPrice(
    "without charge", 0, per: 1_000, source: "azure.microsoft.com/pricing/details/monitor")

  static func azurePrice(of action: String) -> CallPrice {
    let name = action.lowercased()
    if name.hasSuffix("containers/blobs/read") { return blobList }
    return name.contains("/queueservices/") ? storageQueue : azureFree
  }

  /// Prices as known in the middle of 2025: not held against Google's pages.
  public static let gcp = PriceList(
    asOf: "2025-06", region: "us-central1", isVerified: false,
    prices: [storageList, storageGet, monitoring, pubSub, gcpFree])

  static let storageList = CallPrice(
    "Cloud Storage LIST", 0.05, per: 10_000, source: "cloud.google.com/storage/pricing")
  static let storageGet = CallPrice(
    "Cloud Storage GET", 0.004, per: 10_000, source: "cloud.google.com/storage/pricing")
  static let monitoring = CallPrice(
    "Cloud Monitoring", 0.01, per: 1_000, free: 1_000_000,
    source: "cloud.google.com/stackdriver/pricing")
  /// By bytes, a thousand a request at least: the first 10 GiB a month are free.
  static let pubSub = CallPrice(
    "Pub/Sub", 0.04, per: 1_000_000, free: 10_000_000, source: "cloud.google.com/pubsub/pricing")
  /// Reading logs, their settings, and policies.
  static let gcpFree = CallPrice(
    "without charge", 0, per: 1_000, source: "cloud.google.com/stackdriver/pricing")

  static func gcpPrice(of permission: String) -> CallPrice {
    switch permission {
    case "storage.objects.list": storageList
    case "storage.buckets.get": storageGet
    case "monitoring.timeSeries.list": monitoring
    case "pubsub.subscriptions.consume": pubSub
    default: gcpFree
    }
  }
}
