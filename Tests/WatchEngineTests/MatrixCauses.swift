import WatchCore

/// The catalogue's causes, stage by stage.
enum MatrixCauses {
  static let all = (trail + errors + ages + coverage + sight + posture + MatrixTamper.all)
    .filter { $0.needs.allSatisfy(probes.contains) }

  /// `aws.trail`, `aws.s3` …: the probes that there are.
  private static let probes: Set<String> = {
    let all = (try? FaultsEstate().probes.map(\.id)) ?? []
    return Set(all.map { String($0.prefix { $0 != " " }) })
  }()

  static let hasEcho = probes.contains("aws.echo")

  private static let trail: [MatrixCause] = [
    MatrixCause("stop", "aws.trail.stopped") { $0.stopped = $1 },
    MatrixCause("stop, by somebody known", "aws.trail.stopped") { world, now in
      world.stopped = now
      world.changes = [
        .act("StopLogging", on: MatrixWorld.trail, at: now, trail: MatrixWorld.trail)
      ]
    },
    MatrixCause("stop and start again between two looks", "aws.trail.stopped") { world, now in
      world.changes = [
        .act("StopLogging", on: MatrixWorld.trail, at: now, trail: MatrixWorld.trail)
      ]
    },
    MatrixCause(
      "stop, with the echo", "aws.trail.stopped", folds: ["aws.echo.missing"],
      after: .minutes(45), hasEcho: true
    ) { $0.stopped = $1 }.needing("aws.echo"),
    MatrixCause("delete", "aws.trail.deleted", folds: ["aws.trail.none"]) { world, now in
      world.isGone = true
      world.stopped = now
    },
    MatrixCause("narrow: one region", "aws.trail.narrowed") { world, _ in
      world.settings.multiRegion = false
    },
    MatrixCause("narrow: no global events", "aws.trail.narrowed") { world, _ in
      world.settings.globalEvents = false
    },
    MatrixCause("narrow: no validation", "aws.trail.narrowed") { world, _ in
      world.settings.validation = false
    },
    MatrixCause("narrow: write events only", "aws.trail.narrowed") { world, _ in
      world.settings.management = "write"
    },
    MatrixCause("narrow: read events only", "aws.trail.narrowed") { world, _ in
      world.settings.management = "read"
    },
    MatrixCause("narrow: no management events", "aws.trail.narrowed") { world, _ in
      world.settings.management = "none"
    },
    MatrixCause("narrow: no log group", "aws.trail.narrowed") { world, _ in
      world.settings.logGroup = nil
    },
    MatrixCause("move: bucket", "aws.trail.changed") { world, _ in
      world.settings.bucket = "elsewhere"
    },
    MatrixCause("move: prefix", "aws.trail.changed") { world, _ in
      world.settings.prefix = "elsewhere"
    },
    MatrixCause("move: key", "aws.trail.changed") { world, _ in world.settings.key = nil },
    MatrixCause("move: topic", "aws.trail.changed") { world, _ in world.settings.topic = nil },
    MatrixCause("move: log group", "aws.trail.changed") { world, _ in
      world.settings.logGroup = MatrixWorld.group.replacing("audit", with: "elsewhere")
    },
  ]

  private static let errors: [MatrixCause] =
    ["AccessDenied", "NoSuchBucket", "KMS.DisabledException"].map { error in
      MatrixCause("delivery error \(error)", "aws.delivery.error") { world, now in
        (world.cut[.s3], world.cut[.digest]) = (now, now)
        world.deliveryError = error
      }
    } + [
      MatrixCause(
        "bucket blocked by a policy", "aws.bucket.blocked", folds: ["aws.delivery.error"]
      ) { world, now in
        (world.cut[.s3], world.cut[.digest]) = (now, now)
        world.deliveryError = "AccessDenied"
        let bucket = world.settings.bucket
        world.changes = [
          .act("PutBucketPolicy", on: bucket, at: now, bucket: bucket, refuses: true)
        ]
      },
      MatrixCause("digest error", "aws.digest.error") { world, now in
        world.cut[.digest] = now
        world.digestError = "AccessDenied"
      },
      MatrixCause("log group error", "aws.group.error") { world, now in
        world.cut[.group] = now
        world.groupError = "Access denied. Verify in IAM that the role has adequate permissions."
      },
      MatrixCause("notify error", "aws.notify.error") { world, _ in
        world.notifyError = "NotFound"
      },
    ]

  /// Silence without an error: a request that times out sets none.
  private static let ages: [MatrixCause] = [
    MatrixCause("log objects late", "aws.delivery.late", after: .minutes(22)) {
      $0.cut[.s3] = $1
    },
    MatrixCause(
      "log objects silent", "aws.delivery.silent", folds: ["aws.delivery.late"],
      after: .minutes(40)
    ) { $0.cut[.s3] = $1 },
    MatrixCause("log group late", "aws.group.late", after: .minutes(18)) { $0.cut[.group] = $1 },
    MatrixCause(
      "log group silent", "aws.group.silent", folds: ["aws.group.late"], after: .minutes(30)
    ) { $0.cut[.group] = $1 },
    MatrixCause("digest late", "aws.digest.late", after: .minutes(65)) { $0.cut[.digest] = $1 },
    MatrixCause(
      "digest silent", "aws.digest.silent", folds: ["aws.digest.late"], after: .minutes(120)
    ) { $0.cut[.digest] = $1 },
    MatrixCause("echo cut", "aws.echo.missing", after: .minutes(50), hasEcho: true) {
      $0.cut[.echo] = $1
    }.needing("aws.echo"),
    MatrixCause(
      "bucket cut in silence, idle, with the echo", "aws.echo.missing",
      folds: [
        "aws.delivery.late", "aws.delivery.silent", "aws.digest.late", "aws.digest.silent",
      ], after: .minutes(130), isBusy: false, hasEcho: true
    ) { world, now in (world.cut[.s3], world.cut[.digest]) = (now, now) }.needing("aws.echo"),
    MatrixCause("never: no log object", "aws.source.never", after: .minutes(1))
      .from { world, _ in world.empty = [.s3] },
  ]

  private static let coverage: [MatrixCause] = [
    MatrixCause("work in an uncovered region", "aws.region.uncovered") { world, now in
      world.stranger = Cause(
        actor: "dev", action: "RunInstances", region: MatrixWorld.other, at: now - .minutes(2))
    }.from { world, _ in world.settings.multiRegion = false },
    MatrixCause("no trail at all", "aws.trail.none") { world, _ in world.hasNoTrail = true },
  ]

  /// One look that failed shows; the alert comes with the second.
  private static let sight: [MatrixCause] =
    [PathKind.trail, .s3, .history, .group, .digest, .region, .posture].map { kind in
      MatrixCause("denied: \(kind.rawValue)", "aws.probe.blind", after: .minutes(6)) { world, _ in
        world.blind = [kind]
      }.needing(kind == .group || kind == .digest ? "aws.\(kind.rawValue)" : "aws.trail")
    } + [
      MatrixCause("denied: echo", "aws.probe.blind", after: .minutes(6), hasEcho: true) {
        world, _ in world.blind = [.echo]
      }.needing("aws.echo")
    ]

  /// AWS's: the other clouds have a matrix of their own.
  static let rules = PostureCatalogue.all.filter { $0.code.text.hasPrefix("aws.") }

  /// Each check of the posture catalogue that begins to fail.
  private static let posture: [MatrixCause] =
    rules.map { rule in
      var cause = MatrixCause("posture \(rule.id)") { world, _ in world.failing = [rule.id] }
      cause.leads = [rule.code]
      return cause.soon
    } + firstLook

  /// What an estate has when we first look at it is one summary.
  private static let firstLook: [MatrixCause] = {
    let weak = rules.filter { !$0.breaksNow }.map(\.id)
    guard !weak.isEmpty else { return [] }
    return [
      MatrixCause("a messy estate at first look", "aws.posture.weak")
        .from { world, _ in world.failing = Set(weak) }
    ]
  }()
}
