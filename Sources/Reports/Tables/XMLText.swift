/// Text within XML 1.0, with what the format cannot hold replaced.
enum XMLText {
  /// Between tags.
  static func content(_ text: String) -> String { escaped(text, quotes: false) }

  /// Between double quotes.
  static func attribute(_ text: String) -> String { escaped(text, quotes: true) }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": shown += "&amp;"
      case "<": shown += "&lt;"
      case ">": shown += "&gt;"
      case "\"" where quotes: shown += "&quot;"
      case "\n" where quotes: shown += "&#10;"
      case "\t" where quotes: shown += "&#9;"
      default: shown.unicodeScalars.append(isCharacter(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return shown
  }

  /// The production `Char` of XML 1.0, without the carriage return, which readers change.
  private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
