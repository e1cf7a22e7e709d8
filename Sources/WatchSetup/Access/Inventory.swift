import CloudAPI
import WatchCore

/// The named parts of one account's audit pipelines, as far as they are known: what policies are
/// narrowed to, and what is guarded.
public struct Inventory: Hashable, Sendable {
  /// A trail's bucket, and the folder that it writes into: `audit/`, or empty.
  public struct Store: Hashable, Sendable, Comparable {
    public var bucket: String
    public var folder: String

    public init(bucket: String, folder: String = "") {
      self.bucket = bucket
      self.folder = folder
    }

    public static func < (left: Store, right: Store) -> Bool {
      (left.bucket, left.folder) < (right.bucket, right.folder)
    }
  }

  /// `prod`, as the configuration calls it.
  public var account: String
  public var partition: String
  /// Twelve digits: the owners of the trails, and of the queue.
  public var owners: Set<String> = []
  /// ARNs; of a trail that is configured by its name, one with `*` where nothing is known.
  public var trails: Set<String> = []
  public var stores: Set<Store> = []
  public var keys: Set<String> = []
  public var roles: Set<String> = []
  /// Without `:*` at the end.
  public var groups: Set<String> = []
  public var topics: Set<String> = []
  /// The watch's own, as configured.
  public var ownQueues: Set<String> = []
  /// Those and all others of the alert path.
  public var queues: Set<String> = []
  public var alarms: Set<String> = []
  public var rules: Set<String> = []
  /// What could not be asked, and why, one line each.
  public var unseen: [String] = []

  /// What the configuration alone says.
  public init(account: CloudAccount, sources: [SourcePlan]) {
    self.account = account.name
    let own = sources.filter { $0.id.cloud == .aws && $0.id.account == account.name }
    let arns = own.compactMap { ARN($0.trail) }
    partition =
      account.partition ?? arns.first?.partition ?? account.roleARN.flatMap(ARN.init)?.partition
      ?? account.regions?.first.map { AWSPartition.of(region: $0).id } ?? "aws"
    owners = Set(arns.map(\.account))
    if let role = account.roleARN.flatMap(ARN.init) { owners.insert(role.account) }
    for source in own {
      trails.insert(
        ARN(source.trail) != nil
          ? source.trail : "arn:\(partition):cloudtrail:*:*:trail/\(source.trail)")
    }
    if let queue = account.queue.flatMap(QueueURL.init) {
      ownQueues = [
        "arn:\(partition):sqs:\(queue.region ?? "*"):\(queue.account):\(queue.name)"
      ]
      queues = ownQueues
    }
  }

  /// What DescribeTrails says of a trail.
  public mutating func add(_ trail: Trail) {
    if let arn = ARN(trail.arn) {
      let byName = "arn:\(partition):cloudtrail:*:*:\(arn.resource)"
      trails.remove(byName)
      owners.insert(arn.account)
      trails.insert(trail.arn)
    }
    if let bucket = trail.s3BucketName, !bucket.isEmpty {
      let prefix = trail.s3KeyPrefix ?? ""
      stores.insert(Store(bucket: bucket, folder: prefix.isEmpty ? "" : "\(prefix)/"))
    }
    if let key = trail.kmsKeyID { add(PipelineNode.ID(.key, key)) }
    if let role = trail.logRoleARN { add(PipelineNode.ID(.role, role)) }
    if let group = trail.logGroupARN { add(PipelineNode.ID(.group, group)) }
    if let topic = trail.snsTopicARN { add(PipelineNode.ID(.topic, topic)) }
  }

  /// What the posture's probes saw of the parts around the trails.
  public mutating func add(_ pipeline: Pipeline) {
    for node in pipeline.nodes { add(node.id) }
  }

  /// Buckets are known by their trails, which also say into which folder they write.
  private mutating func add(_ part: PipelineNode.ID) {
    guard let arn = ARN(part.name), arn.partition == partition else { return }
    switch part.kind {
    case .key where arn.service == "kms": keys.insert(part.name)
    case .role where arn.service == "iam": roles.insert(part.name)
    case .group where arn.service == "logs":
      groups.insert(part.name.hasSuffix(":*") ? String(part.name.dropLast(2)) : part.name)
    case .topic where arn.service == "sns": topics.insert(part.name)
    case .queue where arn.service == "sqs": queues.insert(part.name)
    case .alarm where arn.service == "cloudwatch": alarms.insert(part.name)
    case .rule where arn.service == "events": rules.insert(part.name)
    default: break
    }
  }
}
