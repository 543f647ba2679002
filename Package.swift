// swift-tools-version: 6.2
import PackageDescription

/// `Git` wraps a C library, so most of its lines would need `unsafe`.
let wrapsC: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Every other module: an unsafe construct does not compile.
let plain = wrapsC + [.strictMemorySafety()]

/// Exclusivity of access is proven by the debug build's tests; checking it again costs 3 % of a full reading.
let quick: [SwiftSetting] = [
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

let package = Package(
  name: "tributary",
  products: [.executable(name: "tributary", targets: ["tributary"])],
  targets: [
    .systemLibrary(name: "Clibgit2", providers: [.apt(["libgit2-dev"])]),

    // Reads repositories: C handles in, plain values out. Knows none of our words.
    .target(name: "Git", dependencies: ["Clibgit2"], swiftSettings: wrapsC + quick),

    // What happened. Nothing but the standard library, so the same input gives the same value everywhere.
    .target(name: "Facts", swiftSettings: plain),

    // What it means. Pure functions of facts, policy and a moment.
    .target(name: "Rules", dependencies: ["Facts"], swiftSettings: plain),

    // Bytes of a policy file to `Rules` values, with addressed problems.
    .target(name: "PolicyFiles", dependencies: ["Facts", "Rules"], swiftSettings: plain),

    // Git to facts: one folder per kind of evidence. Cannot see `Rules`, so reading cannot judge.
    .target(name: "Harvest", dependencies: ["Git", "Facts"], swiftSettings: plain),

    // Report values and their renderings. Sees neither Git nor files.
    .target(name: "Reports", dependencies: ["Facts", "Rules"], swiftSettings: plain),

    // Command line, files, clock: the only door to the world.
    .target(
      name: "Commands",
      dependencies: ["Git", "Facts", "Rules", "PolicyFiles", "Harvest", "Reports"],
      swiftSettings: plain),
    .executableTarget(name: "tributary", dependencies: ["Commands"], swiftSettings: plain),

    .target(name: "Support", dependencies: ["Git", "Facts"], path: "Tests/Support", swiftSettings: plain),
    .testTarget(name: "GitTests", dependencies: ["Git", "Support"], swiftSettings: plain),
    .testTarget(name: "FactsTests", dependencies: ["Facts", "Support"], swiftSettings: plain),
    .testTarget(name: "RulesTests", dependencies: ["Rules", "Facts", "Support"], swiftSettings: plain),
    .testTarget(
      name: "PolicyFilesTests", dependencies: ["PolicyFiles", "Rules", "Facts", "Support"],
      swiftSettings: plain),
    .testTarget(
      name: "HarvestTests", dependencies: ["Harvest", "Git", "Facts", "Support"], swiftSettings: plain),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Rules", "Facts", "Support"], swiftSettings: plain),
    .testTarget(
      name: "CommandsTests",
      dependencies: ["Commands", "Reports", "Harvest", "Git", "Facts", "Rules", "PolicyFiles", "Support"],
      exclude: [
        "Arguments/Snapshots", "Commands/Snapshots", "Maturity/Snapshots", "Policy/Snapshots",
        "ServiceLevels/Snapshots",
      ],
      swiftSettings: plain),
    // The targets of `.ci/fuzz` and the replay of their corpus; `Engine` is for libFuzzer alone.
    .testTarget(
      name: "Fuzz", dependencies: ["Git", "Facts", "Rules", "PolicyFiles", "Harvest", "Reports", "Support"],
      path: "Tests/Fuzz", exclude: ["Engine"], swiftSettings: plain),
    .testTarget(name: "ArchitectureTests", dependencies: ["Support"], swiftSettings: plain),
  ]
)
