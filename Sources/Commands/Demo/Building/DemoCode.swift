/// What stands in the files of the sample: small pieces that look like the language of the file.
enum DemoCode {
  /// The first lines of a new file.
  static func opening(of path: String) -> String {
    let name = words(of: path)
    return switch kind(of: path) {
    case "py": "\"\"\"\(name.capitalizedFirst) of the platform.\"\"\"\n"
    case "md": "# \(name.capitalizedFirst)\n"
    case "css": "/* \(name.capitalizedFirst) */\n"
    case "sql": "-- \(name.capitalizedFirst)\n"
    case "sh": "#!/bin/sh\n# \(name.capitalizedFirst)\nset -eu\n"
    default: "# \(name.capitalizedFirst)\n"
    }
  }

  /// What one commit adds to a file.
  static func piece(_ title: String, in path: String) -> String {
    let name = identifier(title)
    let number = 2 + title.utf8.reduce(0) { $0 + Int($1) } % 60
    return switch kind(of: path) {
    case "py":
      """


      def \(name)(options):
          \"\"\"\(title).\"\"\"
          return options.get("\(name)", \(number))

      """
    case "md": "\n## \(title)\n\nSee the example below; it takes about \(number) minutes.\n"
    case "css": "\n/* \(title) */\n.\(name.hyphenated) {\n  margin: \(number)px;\n}\n"
    case "sql":
      "\n-- \(title)\nALTER TABLE \(words(of: path)) ADD COLUMN \(name) INTEGER DEFAULT \(number);\n"
    case "sh": "\n# \(title)\nrun_step \(name) --limit \(number)\n"
    default: "\n# \(title)\n\(name) = \(number)\n"
    }
  }

  /// The title as a name: `retry_connect_when_the`, at most four words.
  private static func identifier(_ title: String) -> String {
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.prefix(4).joined(separator: "_")
  }

  private static func kind(of path: String) -> String {
    path.split(separator: ".").last.map(String.init) ?? ""
  }

  /// The name of a file without folder and kind, its hyphens as spaces.
  private static func words(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return (file.split(separator: ".").first ?? "").split(separator: "-").joined(separator: " ")
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  fileprivate var hyphenated: String { split(separator: "_").joined(separator: "-") }
}
