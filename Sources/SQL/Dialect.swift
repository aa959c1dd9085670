/// The two databases Martlet speaks to.
package enum Dialect: String, Sendable, CaseIterable {
    case sqlite
    case postgres
}
