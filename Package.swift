// swift-tools-version: 6.0
// Targets only: no packages. Who may import whom, and why, is docs/architecture.md.
import PackageDescription

let package = Package(
  name: "watchkeeper",
  products: [
    .executable(name: "watchkeeper", targets: ["watchkeeper"]),
    .library(name: "WatchProbes", targets: ["WatchProbes"]),
  ],
  targets: [
    // C: module maps over what the platform has, and two small shims
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CCrypto"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CPosix"),
    .target(name: "CTerminal"),

    // Without the domain: could be lifted out
    .target(name: "Crypto", dependencies: ["CCrypto", "CZlib"]),
    .target(name: "Posix", dependencies: ["CPosix"]),
    .target(name: "Transfer", dependencies: ["CCurl", "Posix"]),
    .target(name: "CloudAPI", dependencies: ["Transfer", "Crypto", "Posix"]),
    .target(name: "EventRules"),
    .target(name: "TextCanvas"),
    .target(
      name: "CursesTerminal", dependencies: ["TextCanvas", "CNcurses", "CTerminal", "Posix"]),

    // The domain
    .target(name: "WatchCore"),
    .target(
      name: "WatchProbes",
      dependencies: ["WatchCore", "CloudAPI", "EventRules", "Transfer", "Crypto"]),
    .target(name: "WatchJournal", dependencies: ["WatchCore", "Crypto", "Posix"]),
    .target(
      name: "WatchEngine",
      dependencies: [
        "WatchCore", "WatchProbes", "WatchJournal", "CloudAPI", "Transfer", "Crypto", "Posix",
      ]),
    .target(name: "WatchSetup", dependencies: ["WatchCore", "WatchProbes", "CloudAPI"]),
    .target(name: "WatchConsole", dependencies: ["WatchCore", "TextCanvas"]),
    .executableTarget(
      name: "watchkeeper",
      dependencies: [
        "WatchCore", "WatchEngine", "WatchProbes", "WatchJournal", "WatchSetup", "WatchConsole",
        "CloudAPI", "Transfer", "Crypto", "Posix", "TextCanvas", "CursesTerminal",
      ]),

    // Tests: one folder per target; EndToEnd runs the program in a terminal, Clouds real servers
    .testTarget(name: "CryptoTests", dependencies: ["Crypto"]),
    .testTarget(name: "PosixTests", dependencies: ["Posix"]),
    .testTarget(name: "TransferTests", dependencies: ["Transfer", "Posix"]),
    .testTarget(name: "CloudAPITests", dependencies: ["CloudAPI", "Transfer", "Crypto", "Posix"]),
    .testTarget(name: "EventRulesTests", dependencies: ["EventRules"]),
    .testTarget(name: "TextCanvasTests", dependencies: ["TextCanvas"]),
    .testTarget(
      name: "CursesTerminalTests",
      dependencies: ["CursesTerminal", "TextCanvas", "Posix", "CNcurses", "TerminalTesting"]),
    .testTarget(name: "WatchCoreTests", dependencies: ["WatchCore"]),
    .testTarget(
      name: "WatchProbesTests", dependencies: ["WatchProbes", "WatchCore", "CloudAPI", "Transfer"]),
    .testTarget(
      name: "WatchJournalTests", dependencies: ["WatchJournal", "WatchCore", "Crypto", "Posix"]),
    .testTarget(
      name: "WatchEngineTests",
      dependencies: [
        "WatchEngine", "WatchCore", "WatchProbes", "WatchJournal", "CloudAPI", "Transfer", "Crypto",
        "Posix",
      ]),
    .testTarget(
      name: "WatchSetupTests",
      dependencies: ["WatchSetup", "WatchCore", "WatchProbes", "CloudAPI", "Transfer"]),
    .testTarget(
      name: "WatchConsoleTests", dependencies: ["WatchConsole", "WatchCore", "TextCanvas"]),
    .testTarget(
      name: "CloudsTests",
      dependencies: [
        "WatchEngine", "WatchProbes", "WatchCore", "CloudAPI", "Transfer", "Crypto", "Posix",
      ],
      path: "Tests/Clouds",
      exclude: [
        "aws_overlay.py", "awsoverlay", "channel_receivers.py", "channelreceivers", "estate.py",
        "overlay_selftest.py", "selftests", "sigv4_compare.py", "strict_clouds.py",
        "strict_selftest.py", "strictclouds",
      ]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["Posix", "TextCanvas", "TerminalTesting"],
      path: "Tests/EndToEnd"),
    // The program in a terminal made of software, and what that terminal shows
    .target(
      name: "TerminalTesting", dependencies: ["Posix", "TextCanvas"], path: "Tests/TerminalTesting"),
  ],
  swiftLanguageModes: [.v6]
)
