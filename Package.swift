// swift-tools-version:6.2
import Foundation
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

/// Declarative triggers stand beside the Swift ones; the compiler is not to look at them.
let declarativeTriggers =
    (try? FileManager.default.contentsOfDirectory(atPath: Context.packageDirectory + "/triggers"))?
    .filter { !$0.hasSuffix(".swift") } ?? []

/// Starts other programs, in tests and benchmarks.
let subprocess: [Target.Dependency] = [
    .product(name: "Subprocess", package: "swift-subprocess"), .product(name: "SystemPackage", package: "swift-system"),
]

let package = Package(
    name: "martlet",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    ],
    targets: [
        // Floor 0: module maps
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

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
        .target(
            name: "Storage",
            dependencies: ["Values", "SQL", "CSQLite", "CLibPQ", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(name: "Jobs", dependencies: ["Values", "SQL", "Storage"], swiftSettings: settings),
        .target(name: "Curl", dependencies: ["CCurl"], swiftSettings: settings),

        // Floor 3: the only door to records
        .target(
            name: "Engine",
            dependencies: [
                "Values", "SQL", "Formula", "Metadata", "ObjectQL", "Storage", "Jobs",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),

        // Floor 4: guests of the engine
        .target(
            name: "Triggers", dependencies: ["Engine", "Values"], path: "triggers", exclude: declarativeTriggers,
            swiftSettings: settings),
        .target(
            name: "Simulation",
            dependencies: [
                "Engine", "Jobs", "Curl", "Metadata", "ObjectQL", "Storage", "SQL", "Values",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "Assistant",
            dependencies: [
                "Engine", "Curl", "ObjectQL", "Metadata", "SQL", "Values", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),

        // Floor 5: the engine over HTTP
        .target(
            name: "Server",
            dependencies: [
                "Assistant", "Simulation", "Engine", "Metadata", "ObjectQL", "Formula", "Jobs", "Storage", "Values",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        // Floor 6: the command line, where everything meets
        .executableTarget(
            name: "martlet",
            dependencies: [
                "Server", "Simulation", "Triggers", "Assistant", "Engine", "Jobs", "Curl", "Storage", "ObjectQL", "Metadata",
                "Formula", "SQL", "Values",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        // What `make bench` runs: parts, and the whole
        .target(name: "Measuring", dependencies: ["Values"], path: "Benchmarks/Measuring", swiftSettings: settings),
        .executableTarget(
            name: "FormulaBenchmark", dependencies: ["Formula", "Measuring", "SQL", "Values"], path: "Benchmarks/Formula",
            swiftSettings: settings),
        .executableTarget(
            name: "ObjectQLBenchmark",
            dependencies: ["Measuring", "Engine", "Storage", "ObjectQL", "Metadata", "SQL", "Values"],
            path: "Benchmarks/ObjectQL", swiftSettings: settings),
        .executableTarget(
            name: "JobsBenchmark",
            dependencies: ["Jobs", "Storage", "SQL", "Values", "Measuring", "PostgresCluster"] + subprocess,
            path: "Benchmarks/Jobs", swiftSettings: settings),
        .executableTarget(
            name: "AssistantBenchmark",
            dependencies: [
                "Assistant", "Measuring", "PostgresCluster", "StubServer", "Server", "Curl", "Engine", "Storage", "Metadata",
                "Values",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Benchmarks/Assistant", swiftSettings: settings),
        .executableTarget(
            name: "MartletBenchmark",
            dependencies: [
                "Measuring", "PostgresCluster", "Server", "Triggers", "Engine", "Storage", "ObjectQL", "Metadata", "SQL",
                "Values", "CSQLite",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ] + subprocess,
            path: "Benchmarks/Martlet",
            swiftSettings: settings),

        .executableTarget(
            name: "SimulationBenchmark",
            dependencies: [
                "Simulation", "Triggers", "Engine", "Storage", "Metadata", "SQL", "Values", "PostgresCluster", "Measuring",
            ] + subprocess,
            path: "Benchmarks/Simulation",
            swiftSettings: settings),

        .testTarget(name: "ValuesTests", dependencies: ["Values"], swiftSettings: settings),
        .testTarget(name: "SQLTests", dependencies: ["SQL", "Values"], swiftSettings: settings),
        .testTarget(
            name: "FormulaTests", dependencies: ["Formula", "SQL", "Storage", "Values", "CSQLite"] + subprocess,
            swiftSettings: settings),
        .testTarget(name: "MetadataTests", dependencies: ["Metadata", "Formula", "SQL", "Values"], swiftSettings: settings),
        .testTarget(
            name: "ObjectQLTests",
            dependencies: [
                "ObjectQL", "Metadata", "Formula", "SQL", "Values", "CSQLite", "Engine", "Storage", "PostgresCluster",
            ],
            exclude: ["Goldens"], swiftSettings: settings),
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "SQL", "Values", "StorageCrash", "PostgresCluster"] + subprocess,
            swiftSettings: settings),
        .target(
            name: "PostgresCluster", dependencies: ["Storage", "SQL"] + subprocess, path: "Tests/PostgresCluster",
            swiftSettings: settings),
        .executableTarget(
            name: "JobsCrash", dependencies: ["Jobs", "Storage", "SQL", "Values"], path: "Tests/JobsCrash",
            swiftSettings: settings),
        .executableTarget(
            name: "StorageCrash", dependencies: ["Storage", "SQL", "Values"], path: "Tests/StorageCrash",
            swiftSettings: settings),
        .target(name: "ShippedFiles", dependencies: ["Metadata"], path: "Tests/ShippedFiles", swiftSettings: settings),
        .target(name: "StubServer", path: "Tests/StubServer", swiftSettings: settings),
        .target(name: "ModelServer", dependencies: [] + subprocess, path: "Tests/ModelServer", swiftSettings: settings),
        .testTarget(name: "CurlTests", dependencies: ["Curl", "CCurl", "StubServer"], swiftSettings: settings),
        .testTarget(
            name: "JobsTests", dependencies: ["Jobs", "Storage", "SQL", "Values", "PostgresCluster", "JobsCrash"] + subprocess,
            swiftSettings: settings),
        .testTarget(
            name: "AssistantTests",
            dependencies: [
                "Assistant", "Curl", "StubServer", "ModelServer", "PostgresCluster", "Engine", "Storage", "ObjectQL", "Metadata",
                "Formula", "SQL", "Values",
            ] + subprocess,
            exclude: ["Goldens"], swiftSettings: settings),
        .testTarget(
            name: "EngineTests",
            dependencies: [
                "Engine", "Jobs", "Storage", "ObjectQL", "Metadata", "Formula", "SQL", "Values", "PostgresCluster",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "martlet", "Simulation", "Triggers", "Engine", "Jobs", "Curl", "StubServer", "Storage", "SQL", "ObjectQL",
                "Metadata", "Formula", "Values", "PostgresCluster", "ShippedFiles",
            ] + subprocess,
            swiftSettings: settings),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "PostgresCluster", "ShippedFiles", "StubServer", "Server", "Assistant", "Simulation", "Triggers", "Engine",
                "Jobs", "Storage", "ObjectQL", "Metadata", "Formula", "Values",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "MartletTests",
            dependencies: [
                "martlet", "Simulation", "Assistant", "Triggers", "Engine", "Jobs", "Curl", "Storage", "ObjectQL", "Metadata",
                "SQL", "Values", "PostgresCluster", "ModelServer", "StubServer", "ShippedFiles",
            ] + subprocess,
            swiftSettings: settings),
        .testTarget(name: "FloorsTests", swiftSettings: settings),
    ]
)
