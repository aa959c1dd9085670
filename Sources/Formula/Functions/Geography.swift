extension Functions {
    static let geography: [Function] = []
}
