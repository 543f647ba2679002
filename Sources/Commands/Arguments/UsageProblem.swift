public import Reports

/// A command line that makes no sense, and why.
public struct UsageProblem: Error, Hashable, Sendable {
  /// What is wrong; the words are in `lines`.
  public enum Kind: Hashable, Sendable {
    case missingCommand
    case unknownCommand(String, suggestions: [String])
    case unknownOption(String, suggestions: [String])
    case missingValue(OptionDeclaration)
    case unexpectedValue(OptionDeclaration, String)
    case unacceptable(String, for: String, expected: String, suggestions: [String])
    case missingOperand(Operand)
    /// None of the options of which a command needs one.
    case missingOption([OptionDeclaration])
    case surplusOperand(String)
    case exclusive(String, String)
  }

  public let kind: Kind
  /// The words of the command concerned, as far as known.
  public let path: [String]

  public init(_ kind: Kind, in path: [String] = []) {
    self.kind = kind
    self.path = path
  }
}

extension UsageProblem {
  /// What is wrong, what may have been meant, and where to read more.
  public func lines(program: String) -> [StyledText] {
    let name = ([program] + path).joined(separator: " ")
    let help = ([program, "help"] + path).joined(separator: " ")
    var lines: [StyledText] = ["\(name, .label): \(what)"]
    if !suggestions.isEmpty {
      let words = suggestions.map { StyledText($0, .code) }
      lines.append("Did you mean \(StyledText.joined(words, by: " or "))?")
    }
    lines.append("Try '\(help, .code)'.")
    return lines
  }

  private var what: StyledText {
    switch kind {
    case .missingCommand: "which command?"
    case .unknownCommand(let word, _): "there is no command '\(word, .bad)'"
    case .unknownOption(let option, _): "unknown option \(option, .bad)"
    case .missingValue(let option): "\(option.spelling, .bad) needs a value, \(option.placeholder)"
    case .unexpectedValue(let option, let value):
      "\(option.spelling, .bad) takes no value, but got '\(value)'"
    case .unacceptable(let text, let name, let expected, _):
      "\(name): '\(text, .bad)' is not \(expected)"
    case .missingOperand(let operand): "\(operand.name, .bad) is missing: \(operand.summary)"
    case .missingOption(let options):
      "\(options.map(\.spelling).joined(separator: " or "), .bad) is missing"
    case .surplusOperand(let word): "'\(word, .bad)' is one word too many"
    case .exclusive(let one, let other): "\(one, .bad) and \(other, .bad) exclude each other"
    }
  }

  private var suggestions: [String] {
    switch kind {
    case .unknownCommand(_, let words), .unknownOption(_, let words), .unacceptable(_, _, _, let words): words
    default: []
    }
  }
}
