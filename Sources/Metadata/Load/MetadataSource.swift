import Foundation
import Values

/// One file of the metadata folder or the triggers folder.
package struct SourceFile: Sendable, Hashable {
    /// As diagnostics name it: `metadata/Account.object.yml`. Its ending says what it describes.
    package let path: String
    package let text: String

    /// A byte order mark at the start is left out.
    package init(_ path: String, _ text: String) {
        self.path = path
        self.text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }
}

/// The files from which a registry is made, read once: what is checked is what is loaded.
package struct MetadataSource: Sendable {
    /// In the order of their paths.
    package let files: [SourceFile]
    /// Files of the triggers folder that are not metadata, to which object files refer: `OpportunityTrigger.swift`.
    package let triggerFiles: Set<String>
    /// Files and folders that could not be read.
    package let problems: [Diagnostic]

    package init(_ files: [SourceFile], triggerFiles: Set<String> = [], problems: [Diagnostic] = []) {
        self.files = files.sorted { $0.path < $1.path }
        (self.triggerFiles, self.problems) = (triggerFiles, problems)
    }

    /// Reads a metadata folder with all its subfolders, and the triggers folder (the one beside it where none is given).
    /// Never fails: what cannot be read is a diagnostic.
    package init(directory: String, triggers: String? = nil) {
        let metadata = MetadataFolder(directory)
        let beside = URL(fileURLWithPath: directory).deletingLastPathComponent().appendingPathComponent("triggers").relativePath
        let triggerFolder = triggers.map { MetadataFolder($0) } ?? MetadataFolder(beside, isOptional: true)
        self.init(
            metadata.files + triggerFolder.files, triggerFiles: Set(triggerFolder.others),
            problems: metadata.problems + triggerFolder.problems)
    }
}

/// The readable files under a folder.
private struct MetadataFolder {
    var files: [SourceFile] = []
    /// Paths below the folder of what is not YAML.
    var others: [String] = []
    var problems: [Diagnostic] = []

    init(_ path: String, isOptional: Bool = false) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            if !isOptional { report("There is no folder \(path)", path) }
            return
        }
        guard let entries = FileManager.default.enumerator(atPath: path) else {
            report("The folder cannot be read", path)
            return
        }
        for entry in entries.compactMap({ $0 as? String }).sorted() {
            let isHidden = entry.split(separator: "/").contains { $0.hasPrefix(".") }
            if !isHidden { read(entry, in: path) }
        }
    }

    private mutating func read(_ entry: String, in folder: String) {
        let path = (folder.hasSuffix("/") ? String(folder.dropLast()) : folder) + "/" + entry
        // What a link points at counts; a pipe or a device is never opened.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: target)
        let type = attributes?[.type] as? FileAttributeType
        if type == .typeDirectory { return }
        guard entry.hasSuffix(".yml") || entry.hasSuffix(".yaml") else { return others.append(entry) }
        guard type == .typeRegular else { return report("The file cannot be read", path) }
        if let size = attributes?[.size] as? Int, size > YAML.sizeLimit {
            return report("The file is larger than 1 MiB: split it", path)
        }
        guard let data = FileManager.default.contents(atPath: path) else { return report("The file cannot be read", path) }
        text(Array(data), path)
    }

    private mutating func text(_ bytes: [UInt8], _ path: String) {
        if let text = String(validating: bytes, as: UTF8.self) { return files.append(SourceFile(path, text)) }
        let valid = String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }
        let line = valid.count { $0 == "\n" } + 1
        problems.append(
            Diagnostic(
                .error, "The file is not UTF-8 text: save it as UTF-8",
                at: SourceLocation(file: path, line: line, column: valid.reversed().prefix { $0 != "\n" }.count + 1)))
    }

    private mutating func report(_ message: String, _ path: String) {
        problems.append(Diagnostic(.error, message, at: SourceLocation(file: path, line: 1, column: 1)))
    }
}
