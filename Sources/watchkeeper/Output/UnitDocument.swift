/// A systemd unit for `watchkeeper watch`, as `watch --print-unit` prints it (docs/deployment.md).
struct UnitDocument {
  var program: String
  /// Nil: the unit's own folders.
  var configuration: String?
  var state: String?

  private static let account = "watchkeeper"

  var text: String {
    """
    # Printed by watchkeeper watch --print-unit; docs/deployment.md explains it. Changes of your own
    # belong into a drop-in: systemctl edit watchkeeper
    [Unit]
    Description=Watchkeeper: tells when an audit log goes silent
    Wants=network-online.target
    After=network-online.target time-sync.target
    # Never given up: a watch that does not run is the failure that it exists to tell of.
    StartLimitIntervalSec=0

    [Service]
    Type=notify
    NotifyAccess=main
    ExecStart=\(command)
    ExecReload=/bin/kill -HUP $MAINPID
    User=\(Self.account)
    Group=\(Self.account)
    \(folders)
    # Secrets that the configuration names as env:NAME; owned by root, mode 0600.
    EnvironmentFile=-/etc/watchkeeper/environment
    Restart=always
    RestartSec=2
    WatchdogSec=60
    TimeoutStopSec=20
    # A dump of its memory could hold a credential.
    LimitCORE=0
    UMask=0077

    # It reads the clouds and writes its own folder, and may do nothing else.
    NoNewPrivileges=yes
    CapabilityBoundingSet=
    AmbientCapabilities=
    ProtectSystem=strict
    ProtectHome=yes
    PrivateTmp=yes
    PrivateDevices=yes
    DevicePolicy=closed
    ProtectClock=yes
    ProtectControlGroups=yes
    ProtectHostname=yes
    ProtectKernelLogs=yes
    ProtectKernelModules=yes
    ProtectKernelTunables=yes
    ProtectProc=invisible
    RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    LockPersonality=yes
    MemoryDenyWriteExecute=yes
    RemoveIPC=yes
    KeyringMode=private
    SystemCallArchitectures=native
    SystemCallFilter=@system-service
    SystemCallErrorNumber=EPERM

    [Install]
    WantedBy=multi-user.target
    """
  }

  private var command: String {
    let configuration = configuration ?? "/etc/watchkeeper/watchkeeper.json5"
    let words = [
      program, "watch", "--config", configuration, "--state", state ?? "/var/lib/watchkeeper",
    ]
    return words.map { Self.quoted($0, isCommand: true) }.joined(separator: " ")
  }

  /// The account's home is its state folder: `~/.aws` is looked for there.
  private var folders: String {
    guard let state else {
      return """
        StateDirectory=watchkeeper
        StateDirectoryMode=0700
        Environment=HOME=/var/lib/watchkeeper
        """
    }
    return "ReadWritePaths=\(Self.quoted(state))\nEnvironment=\(Self.quoted("HOME=\(state)"))"
  }

  /// As systemd.syntax(7) and systemd.unit(5) want it: quotes, and `%` doubled; in a command `$` too.
  private static func quoted(_ text: String, isCommand: Bool = false) -> String {
    let plain = text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x30...0x39).contains(byte) || "/._-=:+@".utf8.contains(byte)
    }
    if plain { return text }
    let escaped = text.map { character -> String in
      switch character {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "%": "%%"
      case "$": isCommand ? "$$" : "$"
      case "\n": "\\n"
      default: String(character)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
