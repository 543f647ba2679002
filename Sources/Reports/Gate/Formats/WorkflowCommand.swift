/// The parts of a workflow command, as GitHub's runner reads them from standard output.
///
/// Escaped as `toCommandValue` of @actions/core does, but code point for code point: to `Character` a carriage return and a
/// line feed are one, which is neither. What could harm a terminal is shown as an escape, because a log is read on one.
enum WorkflowCommand {
  /// What stands behind the second `::`.
  static func data(_ text: String) -> String { escaped(text, "%\r\n") }

  /// The value of a property.
  static func property(_ text: String) -> String { escaped(text, "%\r\n:,") }

  private static func escaped(_ text: String, _ special: String) -> String {
    let pieces = text.unicodeScalars.map { scalar in
      if special.unicodeScalars.contains(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return (digits.utf8.count < 2 ? "%0" : "%") + digits
      }
      return scalar.isHazardous ? EscapedText(escaping: String(scalar)).text : String(scalar)
    }
    return pieces.joined()
  }
}
