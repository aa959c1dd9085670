// swift-tools-version:6.2
import PackageDescription

// The floors of the house: a target may import only targets listed below it, and on its own floor only those to its left.
// `FloorsTests` reads this manifest and every import line and holds them to it.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "martlet",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        // Floor 0: module maps
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

        // Floor 1: language, pure
        .target(name: "Values", swiftSettings: settings),
        .target(name: "SQL", dependencies: ["Values"], swiftSettings: settings),
        .target(name: "Formula", dependencies: ["Values", "SQL"], swiftSettings: settings),
        .target(
            name: "Metadata",
            dependencies: ["Values", "SQL", "Formula", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings),
        .target(
            name: "ObjectQL", dependencies: ["Values", "SQL", "Formula", "Metadata"], swiftSettings: settings),

        // Floor 2: machine room
        .target(name: "Storage", dependencies: ["Values", "SQL", "CSQLite"], swiftSettings: settings),

        // Floor 3: the only door to records
        .target(
            name: "Engine",
            dependencies: [
                "Values", "SQL", "Formula", "Metadata", "ObjectQL", "Storage", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),

        .testTarget(name: "ValuesTests", dependencies: ["Values"], swiftSettings: settings),
        .testTarget(name: "SQLTests", dependencies: ["SQL", "Values"], swiftSettings: settings),
        .testTarget(name: "FormulaTests", dependencies: ["Formula", "SQL", "Values", "CSQLite"], swiftSettings: settings),
        .testTarget(name: "MetadataTests", dependencies: ["Metadata", "Formula", "SQL", "Values"], swiftSettings: settings),
        .testTarget(
            name: "ObjectQLTests", dependencies: ["ObjectQL", "Metadata", "Formula", "SQL", "Values", "CSQLite"], swiftSettings: settings),
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "SQL", "Values", "StorageCrash"], swiftSettings: settings),
        .executableTarget(
            name: "StorageCrash", dependencies: ["Storage", "SQL", "Values"], path: "Tests/StorageCrash",
            swiftSettings: settings),
        .testTarget(
            name: "EngineTests",
            dependencies: ["Engine", "Storage", "ObjectQL", "Metadata", "Formula", "SQL", "Values"],
            swiftSettings: settings),
    ]
)
