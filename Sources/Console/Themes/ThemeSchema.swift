import Surface

/// `docs/theme.schema.json`, by which an editor completes a theme file.
enum ThemeSchema {
  static var text: String {
    let roles = Role.allCases.map { "        \"\($0.rawValue)\": { \"$ref\": \"#/$defs/appearance\" }" }
    let names = (["default"] + TerminalColor.names).map { "\"\($0)\"" }.joined(separator: ", ")
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vigie theme",
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "$schema": { "type": "string" },
          "name": { "type": "string" },
          "inherits": { "type": "string", "description": "The theme that this one changes; default where left out." },
          "palette": {
            "type": "object",
            "description": "Names for colours.",
            "additionalProperties": { "$ref": "#/$defs/color" }
          },
          "roles": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
      \(roles.joined(separator: ",\n"))
            }
          }
        },
        "$defs": {
          "color": {
            "anyOf": [
              { "enum": [\(names)] },
              { "type": "integer", "minimum": 0, "maximum": 255 },
              { "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" }
            ]
          },
          "paint": {
            "anyOf": [
              { "$ref": "#/$defs/color" },
              { "type": "string", "description": "A name of the palette." }
            ]
          },
          "appearance": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "foreground": { "$ref": "#/$defs/paint" },
              "background": { "$ref": "#/$defs/paint" },
              "bold": { "type": "boolean" },
              "dim": { "type": "boolean" },
              "underline": { "type": "boolean" },
              "reverse": { "type": "boolean" }
            }
          }
        }
      }

      """
  }
}
