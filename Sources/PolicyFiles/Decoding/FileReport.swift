/// What is found wrong in one file while it is read, and the names it uses that another place must declare.
///
/// A class, because every cursor into the file adds to the same report; it never leaves one call of the
/// loader.
final class FileReport {
  /// Problems beyond this number are counted, not kept.
  static let problemLimit = 500

  let path: String
  let source: SourceText
  private var references: [Reference] = []
  private var found: [(offset: Int, problem: PolicyProblem)] = []
  private var dropped = 0

  init(path: String, source: SourceText) {
    self.path = path
    self.source = source
  }

  func add(
    _ severity: PolicyProblem.Severity, _ message: @autoclosure () -> String, at offset: Int, trail: Trail?
  ) {
    guard found.count < Self.problemLimit else {
      dropped += 1
      return
    }
    let position = source.position(of: offset)
    let problem = PolicyProblem(
      severity: severity, file: path, line: position.line, column: position.column,
      keyPath: Trail.text(of: trail), message: message())
    found.append((offset, problem))
  }

  /// `LINE:COLUMN` of a byte.
  func place(of offset: Int) -> String {
    let position = source.position(of: offset)
    return "\(position.line):\(position.column)"
  }

  func refer(to reference: Reference) { references.append(reference) }

  /// The names used so far, which are then forgotten: each knows this report, and would keep it for ever.
  func takeReferences() -> [Reference] {
    let taken = references
    references = []
    return taken
  }

  /// In the order of the file; problems of one place in the order in which they were found.
  var problems: [PolicyProblem] {
    var sorted = found.enumerated().sorted { left, right in
      (left.element.offset, left.offset) < (right.element.offset, right.offset)
    }.map(\.element.problem)
    if dropped > 0 {
      sorted.append(PolicyProblem(file: path, message: "\(dropped) more problems, expected none"))
    }
    return sorted
  }
}

/// The way to a value from the top of its file, shared by all values below it.
final class Trail {
  enum Step {
    case key(String)
    case index(Int)
  }

  private let parent: Trail?
  private let step: Step

  init(_ parent: Trail?, _ step: Step) {
    self.parent = parent
    self.step = step
  }

  /// `people.ada.memberships[0]`; a key that is no plain word stands in brackets and quotes.
  static func text(of trail: Trail?) -> String {
    var steps: [Step] = []
    var next = trail
    while let current = next {
      steps.append(current.step)
      next = current.parent
    }
    var text = ""
    for step in steps.reversed() {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key) where isPlain(key): text += text.isEmpty ? key : ".\(key)"
      case .key(let key): text += "[\(quoted(key))]"
      }
    }
    return text
  }

  private static func isPlain(_ key: String) -> Bool {
    (1...64).contains(key.utf8.count)
      && key.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "$"):
          true
        default: false
        }
      }
  }
}
