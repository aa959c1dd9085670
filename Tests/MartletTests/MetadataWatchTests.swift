import Foundation
import Metadata
import Testing

@testable import martlet

@Suite struct `The watch over the metadata` {
    let scratch: Scratch
    let folders: Folders

    init() throws {
        scratch = try Scratch()
        try scratch.writeBusiness()
        folders = Folders(scratch.path("metadata"))
    }

    @Test func `waits until two looks agree, so that a half-written file is never read`() throws {
        var steadiness = Steadiness(Footprint(of: folders))
        func look() -> Bool { steadiness.look(Footprint(of: folders)) }
        #expect(!look())
        try scratch.write("metadata/A.object.yml", "name: A")
        #expect(!look())
        try scratch.write("metadata/A.object.yml", "name: A\nfields: []")
        #expect(!look())
        #expect(look())
        #expect(!look())
    }

    @Test func `sees changes below the metadata folder and the triggers folder`() throws {
        let before = Footprint(of: folders)
        try scratch.write("metadata/more/B.object.yml", "name: B")
        let between = Footprint(of: folders)
        try scratch.write("triggers/B.trigger.yml", "name: B")
        #expect(before != between)
        #expect(between != Footprint(of: folders))
    }

    @Test func `names the files that are new, changed and gone`() throws {
        let before = folders.read()
        try scratch.write("metadata/B.object.yml", "name: B")
        let between = folders.read()
        try scratch.write("metadata/B.object.yml", "name: B\nlabel: Bee")
        try FileManager.default.removeItem(atPath: scratch.path("metadata/Account.object.yml"))
        let folder = scratch.path("metadata")
        #expect(between.changes(since: before) == ["\(folder)/B.object.yml is new"])
        #expect(
            folders.read().changes(since: between) == [
                "\(folder)/B.object.yml has changed", "\(folder)/Account.object.yml is gone",
            ])
        #expect(between.changes(since: between).isEmpty)
    }
}
