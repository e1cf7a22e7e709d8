/// What systemd 252 (Debian 12) knows of in a unit, as far as ours may use it: systemd.unit(5),
/// systemd.service(5), systemd.exec(5), systemd.resource-control(5).
enum UnitNames {
  static let known: [(String, Set<String>)] = [
    ("Unit", ["Description", "Documentation", "Wants", "After", "StartLimitIntervalSec"]),
    (
      "Service",
      [
        "Type", "NotifyAccess", "ExecStart", "ExecReload", "User", "Group", "StateDirectory",
        "StateDirectoryMode", "ReadWritePaths", "Environment", "EnvironmentFile", "Restart",
        "RestartSec", "WatchdogSec", "TimeoutStopSec", "LimitCORE", "UMask", "NoNewPrivileges",
        "CapabilityBoundingSet", "AmbientCapabilities", "ProtectSystem", "ProtectHome",
        "PrivateTmp", "PrivateDevices", "DevicePolicy", "ProtectClock", "ProtectControlGroups",
        "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables",
        "ProtectProc", "RestrictAddressFamilies", "RestrictNamespaces", "RestrictRealtime",
        "RestrictSUIDSGID", "LockPersonality", "MemoryDenyWriteExecute", "RemoveIPC", "KeyringMode",
        "SystemCallArchitectures", "SystemCallFilter", "SystemCallErrorNumber",
      ]
    ), ("Install", ["WantedBy"]),
  ]
}
