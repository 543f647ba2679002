/// What is wrong with policy files, or how much of them is fine.
public struct PolicyCheckReport: Sendable {
  public static let schema = "tributary/policy-check/1"

  /// The files of one policy that were checked together.
  public struct Place: Sendable {
    /// A directory, or `REV:PATH`.
    public var name: String
    /// The files that were asked about, as the user can name them, sorted.
    public var files: [String]
    public var problems: [Problem]

    public init(name: String, files: [String], problems: [Problem]) {
      self.name = name
      self.files = files
      self.problems = problems
    }
  }

  /// One thing that is wrong, with the place where to mend it.
  public struct Problem: Hashable, Sendable {
    public var isError: Bool
    public var file: String
    /// Counts from 1, as does `column`.
    public var line: Int
    public var column: Int
    /// The way from the top of the file; empty at the top itself.
    public var keyPath: String
    public var message: String

    public init(isError: Bool, file: String, line: Int, column: Int, keyPath: String, message: String) {
      self.isError = isError
      self.file = file
      self.line = line
      self.column = column
      self.keyPath = keyPath
      self.message = message
    }
  }

  public var places: [Place]

  public init(_ places: [Place]) { self.places = places }

  public var errors: Int { count(isError: true) }
  public var warnings: Int { count(isError: false) }

  private func count(isError: Bool) -> Int {
    places.reduce(0) { sum, place in sum + place.problems.count { $0.isError == isError } }
  }

  private var fileCount: Int { places.reduce(0) { $0 + $1.files.count } }
}

extension PolicyCheckReport {
  public func json() -> [UInt8] {
    JSONText.object { json in
      json.string("schema", Self.schema)
      json.boolean("usable", errors == 0)
      json.integer("errors", errors)
      json.integer("warnings", warnings)
      json.objects("places", places) { place, json in
        json.string("place", place.name)
        json.strings("files", place.files)
        json.objects("problems", place.problems) { problem, json in
          json.string("severity", problem.isError ? "error" : "warning")
          json.string("file", problem.file)
          json.integer("line", problem.line)
          json.integer("column", problem.column)
          json.string("at", problem.keyPath)
          json.string("message", problem.message)
        }
      }
    }
  }

  /// One line for each problem, never broken, then one with the counts.
  public func lines() -> [StyledText] {
    let found = places.flatMap(\.problems).map(Self.line)
    let files = fileCount == 1 ? "1 file" : "\(fileCount) files"
    let names = places.map(\.name).joined(separator: ", ")
    let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
      .map { $0.0 == 1 ? "1 \($0.1)" : "\($0.0) \($0.1)s" }.joined(separator: " and ")
    let summary: StyledText =
      if errors > 0 {
        "\(counts, .bad) in \(files) of \(names)"
      } else if warnings > 0 {
        "\(names): \(files), usable, \(counts, .warning)"
      } else {
        "\(names): \(files), no problem found"
      }
    return found + [summary]
  }

  private static func line(_ problem: Problem) -> StyledText {
    let mark: StyledText = problem.isError ? "" : StyledText("warning: ", .warning)
    let at: StyledText = problem.keyPath.isEmpty ? "" : "at \(problem.keyPath, .label): "
    return "\(problem.file, .id):\(problem.line):\(problem.column): " + mark + at + "\(problem.message)"
  }
}
