import Values

// Values from their texts; null where the text is none, which no expectation wants.

func decimal(_ text: String) -> Number { Number(text) ?? .zero }
func date(_ text: String) -> Value { Day(text).map(Value.date) ?? .null }
func moment(_ text: String) -> Value { Instant(text).map(Value.datetime) ?? .null }
func time(_ text: String) -> Value { TimeOfDay(text).map(Value.time) ?? .null }

func location(latitude: Double, longitude: Double) -> Value {
    Location(latitude: latitude, longitude: longitude).map(Value.location) ?? .null
}
