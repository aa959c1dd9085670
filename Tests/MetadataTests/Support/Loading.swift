import Metadata
import Testing
import Values

/// The diagnostics of files, as `martlet check` prints them.
func diagnostics(_ files: SourceFile...) -> [String] { Registry.load(files).diagnostics.map(\.description) }

/// The messages of one object file `Thing.object.yml` with these lines under `fields:`, without the file's name.
func mistakes(fields: String) -> [String] { mistakes("name: Thing\nfields:\n" + fields) }

/// The messages of one object file `Thing.object.yml`, without the file's name.
func mistakes(_ text: String) -> [String] {
    diagnostics(SourceFile("Thing.object.yml", text)).map { $0.replacing("Thing.object.yml:", with: "") }
}

/// The registry of files that must load without an error.
func registry(_ files: SourceFile..., sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> Registry {
    let (registry, diagnostics) = Registry.load(files)
    #expect(diagnostics.filter { $0.severity == .error } == [], sourceLocation: sourceLocation)
    return try #require(registry, sourceLocation: sourceLocation)
}

/// The object of one file that must load without an error.
func object(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> ObjectDefinition {
    let registry = try registry(SourceFile("Thing.object.yml", text), sourceLocation: sourceLocation)
    return try #require(registry.object("Thing"), sourceLocation: sourceLocation)
}

/// The field `F` of an object, from the rest of its mapping: `type: number, scale: 2`.
func field(_ attributes: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> FieldDefinition {
    let text = "name: Thing\nfields:\n  - { name: F, \(attributes) }\n  - { name: Other, type: select, options: [X, Y] }\n"
    return try #require(try object(text, sourceLocation: sourceLocation).field("F"), sourceLocation: sourceLocation)
}
