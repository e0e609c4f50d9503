/// `docs/keymap.schema.json`, by which an editor completes a keymap file.
enum KeymapSchema {
  static var text: String {
    let commands = Command.table.map { command in
      """
              "\(command.id.rawValue)": { "$ref": "#/$defs/keys", "description": "\(command.help)" }
      """
    }
    let inherited = Keymap.shipped.map { "\"\($0.name)\"" }.joined(separator: ", ")
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vigie keymap",
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "$schema": { "type": "string" },
          "name": { "type": "string" },
          "inherits": { "enum": [\(inherited)], "description": "The keymap that this one changes." },
          "keys": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
      \(commands.joined(separator: ",\n"))
            }
          }
        },
        "$defs": {
          "keys": {
            "type": "array",
            "description": "Keys such as j, Ctrl-p, F1 or g g; the first is shown, and an empty list takes the keys away.",
            "items": { "type": "string", "minLength": 1 },
            "uniqueItems": true
          }
        }
      }

      """
  }
}
