/// `1 error`, `2 errors`, `no errors`.
func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    let plural = plural ?? noun + "s"
    return switch number {
    case 0: "no \(plural)"
    case 1: "1 \(noun)"
    default: "\(grouped(number)) \(plural)"
    }
}

/// `1234500` as `1,234,500`.
func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    return digits.indices.reduce(into: "") { text, index in
        if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
        text.append(digits[index])
    }
}
