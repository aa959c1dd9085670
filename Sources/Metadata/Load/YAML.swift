import Yams

/// From the text of a file to a tree of nodes.
///
/// Yams' `Parser` builds the tree (it is what `compose` uses, and it tells of anchors while it lives). What could make that
/// tree explode is looked for in the text before: aliases multiply, and deep nesting recurses.
enum YAML {
    static let sizeLimit = 1 << 20
    static let nodeLimit = 100_000
    static let depthLimit = 64

    static func read(_ file: SourceFile) throws(YAMLProblem) -> YAMLNode {
        guard file.text.utf8.count <= sizeLimit else { throw YAMLProblem("The file is larger than 1 MiB: split it") }
        try YAMLGuard.check(file.text)
        let outcome = Result { try tree(file) }
        switch outcome {
        case .success(let node): return node
        case .failure(let problem as YAMLProblem): throw problem
        case .failure(let error): throw YAMLProblem(error, in: file.text.lines)
        }
    }

    private static func tree(_ file: SourceFile) throws -> YAMLNode {
        let parser = try Parser(yaml: file.text, resolver: .basic, encoding: .utf8)
        guard let root = try parser.nextRoot() else { throw YAMLProblem("The file is empty") }
        var builder = YAMLBuilder(file: file)
        let node = try builder.node(root, depth: 1)
        if let second = try parser.nextRoot() { throw YAMLProblem(YAMLProblem.severalDocuments, at: second.mark) }
        return withExtendedLifetime(parser) { node }
    }
}

/// Copies the parser's tree, refusing what Martlet does not read.
private struct YAMLBuilder {
    let file: SourceFile
    private lazy var formulas = FlowFormulas(file.text)
    private var count = 0

    init(file: SourceFile) { self.file = file }

    mutating func node(_ node: Node, depth: Int) throws(YAMLProblem) -> YAMLNode {
        count += 1
        guard count <= YAML.nodeLimit else {
            throw YAMLProblem("The file has more than \(YAML.nodeLimit) parts: split it", at: node.mark)
        }
        guard depth <= YAML.depthLimit else { throw YAMLProblem(YAMLGuard.tooDeep, at: node.mark) }
        let location = SourceLocation(file: file.path, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        return YAMLNode(content: try content(node, depth), location: location)
    }

    private mutating func content(_ node: Node, _ depth: Int) throws(YAMLProblem) -> YAMLNode.Content {
        switch node {
        case .scalar(let scalar):
            try check(scalar.anchor, scalar.tag, [.implicit, .str], scalar.mark)
            return .scalar(scalar.string, style(scalar.style))
        case .sequence(let sequence):
            try check(sequence.anchor, sequence.tag, [.implicit, .seq], sequence.mark)
            var items: [YAMLNode] = []
            for item in sequence { items.append(try self.node(item, depth: depth + 1)) }
            return .list(items)
        case .mapping(let mapping):
            try check(mapping.anchor, mapping.tag, [.implicit, .map], mapping.mark)
            var pairs: [(key: YAMLNode, value: YAMLNode)] = []
            for (key, value) in mapping { pairs.append((try self.key(key, depth), try self.node(value, depth: depth + 1))) }
            return .mapping(pairs.contains(where: FlowFormulas.isPiece) ? formulas.joined(pairs) : pairs)
        case .alias(let alias): throw YAMLProblem(YAMLProblem.aliases, at: alias.mark)
        }
    }

    private mutating func key(_ key: Node, _ depth: Int) throws(YAMLProblem) -> YAMLNode {
        guard let scalar = key.scalar else {
            throw YAMLProblem("A key must be a plain name, not a list or a mapping", at: key.mark)
        }
        guard scalar.string != "<<" else { throw YAMLProblem("Merge keys (<<) are not read: write the values out", at: key.mark) }
        return try node(key, depth: depth + 1)
    }

    private func check(_ anchor: Anchor?, _ tag: Tag, _ allowed: [Tag.Name], _ mark: Mark?) throws(YAMLProblem) {
        if anchor != nil { throw YAMLProblem(YAMLProblem.aliases, at: mark) }
        guard allowed.contains(where: { $0.rawValue == tag.rawValue })
        else { throw YAMLProblem("Tags such as \(tag.rawValue) are not read: put the text into quotes", at: mark) }
    }

    private func style(_ style: Node.Scalar.Style) -> YAMLNode.Style {
        switch style {
        case .singleQuoted, .doubleQuoted: .quoted
        case .literal, .folded: .block
        case .any, .plain: .plain
        }
    }
}
