/// The objects that are there without a file; a file of the same name extends them.
enum BuiltIns {
    static let files = [
        SourceFile("built-in/User.object.yml", user), SourceFile("built-in/Notification.object.yml", notification),
    ]

    private static let user = """
        name: User
        label: User
        labelPlural: Users
        icon: user
        description: Somebody who works with the system.
        features: { searchable: true, trackFieldHistory: true }
        fields:
          - { name: Name, type: text, required: true, searchable: true, length: 120, nameField: true }
          - { name: Email, type: email, required: true, searchable: true }
          - { name: Username, type: text, required: true, unique: true, length: 120 }
          - { name: FirstName, type: text, length: 60 }
          - { name: LastName, type: text, length: 60 }
          - { name: Title, type: text, length: 120 }
          - { name: Department, type: text, length: 120 }
          - { name: ManagerId, type: lookup, referenceTo: User }
          - { name: IsActive, type: checkbox, label: Active, defaultValue: true }
          - { name: TimeZone, type: text, length: 64, defaultValue: UTC }
          - { name: Locale, type: text, length: 35, defaultValue: en }
          - { name: Role, type: text, length: 80 }
        """

    private static let notification = """
        name: Notification
        label: Notification
        labelPlural: Notifications
        icon: bell
        description: A message that the business sent or is going to send.
        fields:
          - { name: Recipient, type: text, required: true }
          - { name: Subject, type: text, required: true, nameField: true }
          - { name: Body, type: textarea }
          - { name: SentDate, type: datetime, label: Sent }
          - name: Status
            type: select
            required: true
            options: [{ value: Pending, default: true }, { value: Sent }, { value: Failed }]
          - { name: RelatedObject, type: text, length: 63 }
          - { name: RelatedId, type: text, length: 36, index: true }
        """
}
