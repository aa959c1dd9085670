import Values

/// Ties the objects together: lookups to what they point at, parents to their children.
struct References {
    let drafts: ObjectDrafts
    var log: DiagnosticLog { drafts.log }

    /// Sets `referenceTo` of every lookup to objects that exist, and checks the names that lookups add to their object.
    func resolve() {
        for draft in drafts.all {
            for index in draft.fields.indices where draft.fields[index].definition.isLookup {
                resolve(&draft.fields[index].definition)
            }
            checkParentNames(draft)
            checkControllers(draft)
            checkNames(draft)
        }
        checkRenamedObjects()
        checkMasters()
    }

    private func resolve(_ field: inout FieldDefinition) {
        let wanted = field.referenceTo
        field.referenceTo = wanted.compactMap { drafts.draft($0)?.name }
        field.missingReferences = wanted.filter { drafts.draft($0) == nil }
        if Set(field.referenceTo).count < field.referenceTo.count {
            log.error("field \(field.name): referenceTo names an object twice", at: field.location)
        }
        for name in field.missingReferences where !drafts.isUnreadable(name) {
            log.warning(
                "field \(field.name): there is no object \(name)\(hint(for: name, among: drafts.names)); the field is kept without a reference to it",
                at: field.location)
        }
        if field.defaultValue == .currentUser, !field.referenceTo.contains("User") {
            log.error("field \(field.name): $currentUser is for lookups to User", at: field.location)
        }
    }

    /// `AccountId` lets a path say `Account`, and `WhatId` adds a column `WhatIdType`: neither may be a field too.
    private func checkParentNames(_ draft: ObjectDraft) {
        var parents = NameSet("the parent name", log)
        for field in draft.fields.map(\.definition) {
            if let parent = field.parentName {
                _ = parents.insert(parent, at: field.location)
                if draft.index(of: parent) != nil {
                    log.error(
                        "field \(field.name): its parent is reached as \(parent), but there is a field \(parent) too",
                        at: field.location)
                }
            }
            if let column = field.typeColumn, draft.index(of: column) != nil {
                log.error(
                    "field \(field.name): it needs the column \(column), but there is a field \(column) too", at: field.location)
            }
        }
    }

    /// Checks `renamedFrom`, and that one field at most stands for the record.
    private func checkNames(_ draft: ObjectDraft) {
        var former = NameSet("renamedFrom", log)
        for field in draft.fields.map(\.definition) {
            guard let name = field.renamedFrom, former.insert(name, at: field.location) else { continue }
            if draft.index(of: name) != nil {
                log.error("field \(field.name): renamedFrom: the field \(name) is still there", at: field.location)
            }
        }
        for field in draft.fields.map(\.definition).filter(\.isNameField).dropFirst() {
            log.error("field \(field.name): only one field can be the nameField", at: field.location)
        }
    }

    private func checkRenamedObjects() {
        var former = NameSet("renamedFrom", log)
        for draft in drafts.all {
            guard let name = draft.renamedFrom, former.insert(name, at: draft.location) else { continue }
            if drafts.draft(name) != nil {
                log.error("object \(draft.name): renamedFrom: the object \(name) is still there", at: draft.location)
            }
        }
    }

    /// Checks `dependsOn` and the options' `when`.
    private func checkControllers(_ draft: ObjectDraft) {
        for field in draft.fields.map(\.definition) {
            guard let name = field.dependsOn else {
                if let option = field.options.first(where: { !$0.when.isEmpty }) {
                    log.error(
                        "field \(field.name): the option \(option.value) has a when, but the field has no dependsOn",
                        at: field.location)
                }
                continue
            }
            guard let controller = draft.field(name) else {
                let names = draft.fields.map(\.definition.name)
                log.error(
                    "field \(field.name): dependsOn: there is no field \(name)\(hint(for: name, among: names))",
                    at: field.location)
                continue
            }
            check(field, under: controller, draft)
        }
    }

    private func check(_ field: FieldDefinition, under controller: FieldDefinition, _ draft: ObjectDraft) {
        let values = controller.type == .checkbox ? ["true", "false"] : controller.options.map(\.value)
        guard !values.isEmpty else {
            return log.error(
                "field \(field.name): dependsOn: \(controller.name) is neither a select nor a checkbox", at: field.location)
        }
        for option in field.options {
            for value in option.when where !values.contains(value) {
                log.error(
                    "field \(field.name): option \(option.value): \(controller.name) has no option \"\(value)\"\(hint(for: value, among: values))",
                    at: field.location)
            }
        }
        var (seen, next) = ([field.name], Optional(controller))
        while let present = next {
            guard !seen.contains(present.name) else {
                return log.error(
                    "field \(field.name): dependsOn goes in a circle: \((seen + [present.name]).joined(separator: " -> "))",
                    at: field.location)
            }
            seen.append(present.name)
            next = present.dependsOn.flatMap(draft.field)
        }
    }

    /// Two objects that are each other's master could never be created.
    private func checkMasters() {
        for draft in drafts.all {
            for field in draft.fields.map(\.definition) where field.type == .masterDetail {
                for master in field.referenceTo {
                    guard let circle = path(from: master, to: draft.name) else { continue }
                    let names = ([draft.name] + circle).joined(separator: " -> ")
                    log.error("field \(field.name): master-detail goes in a circle: \(names)", at: field.location)
                }
            }
        }
    }

    /// The shortest way from an object to another one, from master to master; nil where there is none.
    private func path(from start: String, to goal: String) -> [String]? {
        var (paths, seen) = ([[start]], Set([start]))
        while !paths.isEmpty {
            if let found = paths.first(where: { $0.last == goal }) { return found }
            paths = paths.flatMap { path in
                masters(of: path.last ?? "").filter { seen.insert($0).inserted }.map { path + [$0] }
            }
        }
        return nil
    }

    private func masters(of object: String) -> [String] {
        drafts.draft(object)?.fields.map(\.definition).filter { $0.type == .masterDetail }.flatMap(\.referenceTo) ?? []
    }
}
