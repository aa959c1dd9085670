import Metadata
import Testing
import Values

@Suite("The description of an object")
struct DescriptionTests {
    @Test func `holds what a user interface needs`() throws {
        let thing = try object(
            """
            name: Thing
            icon: box
            features: { searchable: true, enableNotes: true }
            fields:
              - { name: Name, type: text, required: true, searchable: true, length: 80, helpText: What it is called }
              - { name: Price, type: currency, min: 0, visibleWhen: { field: Stage, operator: equals, value: Won } }
              - { name: Stage, type: select, options: [{ value: Won, label: Gewonnen, color: green, probability: 100, isWon: true }, Lost] }
              - { name: OwnerId, type: lookup, referenceTo: User, defaultValue: $currentUser }
              - { name: Double, type: formula, returnType: currency, formula: Price * 2 }
            listViews: [{ name: Mine, columns: [Name], filters: [{ field: OwnerId, operator: equals, value: $currentUser }] }]
            pageLayout: { sections: [{ label: Main, fields: [Name, Price] }] }
            validationRules: [{ name: Rule, errorMessage: Must be cheap, errorField: Price, formula: Price > 9 }]
            """)
        let json = thing.json
        #expect(json["name"] == "Thing")
        #expect(json["labelPlural"] == "Things")
        #expect(json["features"] == ["searchable", "enableNotes"])
        #expect(json["nameField"] == "Name")
        #expect(json["listViews"]?.array?.first?["filters"]?["and"]?.array?.first?["value"] == "$currentUser")
        #expect(json["pageLayout"]?["sections"]?.array?.first?["fields"] == ["Name", "Price"])
        #expect(
            json["validationRules"] == [["name": "Rule", "errorMessage": "Must be cheap", "errorField": "Price", "active": true]])
        let fields = (json["fields"]?.array ?? []).suffix(5).map { field -> String? in
            var members = field.object
            members?["operators"] = nil
            return members.map(JSON.object)?.description
        }
        #expect(
            fields == [
                #"{"name":"Name","label":"Name","type":"text","required":true,"writable":true,"searchable":true,"helpText":"What it is called","length":80}"#,
                #"{"name":"Price","label":"Price","type":"currency","required":false,"writable":true,"precision":18,"scale":2,"min":0,"visibleWhen":{"field":"Stage","operator":"equals","value":"Won"}}"#,
                #"{"name":"Stage","label":"Stage","type":"select","required":false,"writable":true,"options":[{"value":"Won","label":"Gewonnen","color":"green","probability":100,"isWon":true,"isClosed":true},{"value":"Lost","label":"Lost"}]}"#,
                #"{"name":"OwnerId","label":"Owner","type":"lookup","required":false,"writable":true,"referenceTo":["User"],"polymorphic":false,"parent":"Owner","onDelete":"clear","defaultValue":"$currentUser"}"#,
                #"{"name":"Double","label":"Double","type":"formula","required":false,"writable":false,"resultType":"currency","precision":18,"scale":2}"#,
            ])
    }

    @Test func `is short in a list of all objects`() throws {
        let names = try object("name: Thing\nfields: [{ name: Name, type: text }]").summaryJSON.object?.names
        #expect(names == ["name", "label", "labelPlural", "icon", "description", "nameField", "features"])
    }
}
