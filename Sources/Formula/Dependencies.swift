/// Formula fields that need each other.
package struct FormulaCycle: Error, Sendable, Hashable, CustomStringConvertible {
    /// The fields in the order in which they need each other; the first stands at the end again.
    package let names: [String]

    package init(names: [String]) { self.names = names }

    package var description: String { "These formulas need each other: " + names.joined(separator: " -> ") }
}

package enum FormulaDependencies {
    /// The names in an order in which each comes after all that it needs.
    ///
    /// - Parameter needs: for each name, what it reads; names that are not keys count as given.
    package static func ordered(_ needs: [String: [String]]) throws(FormulaCycle) -> [String] {
        var (order, done) = ([String](), Set<String>())
        for name in needs.keys.sorted() where !done.contains(name) {
            try visit(name, needs, &order, &done)
        }
        return order
    }

    /// Depth first, without recursion: a chain may be as long as there are fields.
    private static func visit(
        _ start: String, _ needs: [String: [String]], _ order: inout [String], _ done: inout Set<String>
    ) throws(FormulaCycle) {
        var path: [(name: String, next: Int)] = [(start, 0)]
        var onPath: Set<String> = [start]
        while let (name, next) = path.last {
            guard let reads = needs[name], next < reads.count else {
                if needs[name] != nil, done.insert(name).inserted { order.append(name) }
                onPath.remove(name)
                path.removeLast()
                continue
            }
            path[path.count - 1].next += 1
            let needed = reads[next]
            if onPath.contains(needed) {
                let cycle = path.map(\.name).drop { $0 != needed }
                throw FormulaCycle(names: cycle + [needed])
            }
            if needs[needed] != nil, !done.contains(needed) {
                path.append((needed, 0))
                onPath.insert(needed)
            }
        }
    }
}
