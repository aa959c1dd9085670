import ObjectQL
import SQL
import Storage
import Values

/// Shapes the rows of a compiled query into JSON, straight from the driver's cells.
struct PageWriter: Sendable {
    let plan: CompiledQuery
    private let seal: Seal
    let shape: ShapeWriter

    init(_ plan: CompiledQuery, _ engine: Engine) { (self.plan, seal, shape) = (plan, engine.seal, ShapeWriter(engine.cipher)) }

    /// The JSON of the records, and what surrounds them.
    struct Page: Sendable {
        var records: [UInt8] = []
        var count = 0
        var hasMore = false
        var nextCursor: String?
        var version: Int?
    }

    func page(_ rows: inout any Rows) throws -> Page {
        var writer = JSONWriter(capacity: 512 * min(plan.limit, 64))
        var page = Page()
        var last: [Value] = []
        while try rows.next() {
            if page.count == plan.limit {
                page.hasMore = true
                break
            }
            if page.count > 0 { writer.byte(UInt8(ascii: ",")) }
            try shape.write(plan.shape, rows, to: &writer)
            page.count += 1
            if page.count == 1, let column = plan.versionColumn { page.version = rows.cell(column).integer.map(Int.init) }
            if page.count == plan.limit { last = plan.cursorColumns.map { $0.type.value(rows.cell($0.column)) } }
        }
        if page.hasMore { page.nextCursor = cursor(after: last) }
        page.records = writer.array
        return page
    }

    private func cursor(after keys: [Value]) -> String? {
        keys.isEmpty ? nil : Cursor(fingerprint: plan.fingerprint, keys: keys).text(seal: seal.sign)
    }
}

struct ShapeWriter: Sendable {
    private let cipher: Cipher

    init(_ cipher: Cipher) { self.cipher = cipher }

    /// One row as one JSON object.
    func write(_ shape: Shape, _ rows: any Rows, to writer: inout JSONWriter) throws {
        if shape.steps.isEmpty { writer.byte(UInt8(ascii: "{")) }
        for step in shape.steps {
            writer.raw(shape.leads, step.lead)
            let cell = rows.cell(step.column)
            switch step.content {
            case .cell(let type): type.write(cell, to: &writer)
            case .sealed: writer.value(try cipher.open(ColumnType.text.value(cell)).json)
            case .parent where cell.isNull: writer.raw("null")
            case .parent(let parent): try write(shape.parents[parent], rows, to: &writer)
            case .children: if case .text(let bytes) = cell { writer.raw(bytes) } else { writer.raw("[]") }
            }
        }
        writer.byte(UInt8(ascii: "}"))
    }
}

extension CompiledQuery {
    /// The column with the `Version` of the records, where they show it.
    var versionColumn: Int? {
        for case .cell("Version", let column, _) in shape.members { return column }
        return nil
    }
}

extension PageWriter.Page {
    /// The page as an answer: `{"records": [...], "totalCount", "hasMore", "nextCursor"}`.
    func answer(total: Int?) -> Answer {
        var writer = JSONWriter(capacity: records.count + 160)
        writer.raw("{\"records\":[")
        writer.raw(records)
        writer.raw("]")
        if let total {
            writer.raw(",\"totalCount\":")
            writer.integer(Int64(total))
        }
        hasMore ? writer.raw(",\"hasMore\":true,\"nextCursor\":") : writer.raw(",\"hasMore\":false,\"nextCursor\":")
        if let nextCursor { writer.string(nextCursor) } else { writer.raw("null") }
        writer.raw("}")
        return Answer(body: writer.array, count: count, version: version)
    }
}
