import Testing

@testable import Commands

@Suite struct ArgumentCatalogTests {
  private let catalog = Catalog.tributary

  @Test func `declares every command once`() {
    #expect(catalog.commands.map(\.id) == CommandID.allCases)
  }

  @Test(arguments: CommandID.allCases)
  func `has distinct options, few letters and summaries that are sentences`(id: CommandID) throws {
    let command = try #require(Catalog.tributary.command(at: id.path))
    let names = command.options.map(\.name)
    #expect(Set(names).count == names.count)
    let letters = command.options.compactMap(\.short)
    #expect(Set(letters).count == letters.count)
    for summary in [command.summary] + command.options.map(\.summary) + command.operands.map(\.summary) {
      #expect(summary.hasSuffix("."), "\(summary)")
      #expect(summary.first?.isUppercase == true, "\(summary)")
    }
    #expect(command.summary.count <= 72)
    #expect(!command.examples.isEmpty)
  }

  @Test(arguments: CommandID.allCases)
  func `excludes only what the command has`(id: CommandID) throws {
    let command = try #require(Catalog.tributary.command(at: id.path))
    let known = Set(command.options.map(\.name) + command.operands.map(\.name))
    for names in command.exclusions { #expect(known.isSuperset(of: names)) }
  }

  @Test(arguments: CommandID.allCases)
  func `has at most one operand that takes all words, and that last`(id: CommandID) throws {
    let command = try #require(Catalog.tributary.command(at: id.path))
    #expect(command.operands.dropLast().allSatisfy { $0.count == .one })
  }

  @Test func `means the same by the same option in every command`() {
    for option in catalog.commands.flatMap(\.options) {
      for other in catalog.commands.flatMap(\.options) where option.name == other.name {
        #expect(option.short == other.short)
        #expect((option.kind == nil) == (other.kind == nil))
        #expect(option.repeats == other.repeats)
        #expect(option.group == other.group)
      }
      for other in catalog.commands.flatMap(\.options)
      where option.short != nil && option.short == other.short {
        #expect(option.name == other.name)
      }
    }
  }

  @Test(arguments: CommandID.allCases)
  func `gives examples that are accepted by the command they illustrate`(id: CommandID) throws {
    let command = try #require(Catalog.tributary.command(at: id.path))
    for example in command.examples where !example.line.hasPrefix("source") {
      let words = Self.words(example.line).prefix { !["|", ">", ">>"].contains($0) }
      #expect(words.first == catalog.program)
      let request = try ArgumentParser(catalog: catalog).parse(Array(words.dropFirst()))
      guard case .run(let invocation) = request else {
        Issue.record("\(example.line) runs nothing")
        continue
      }
      #expect(invocation.command == command.id)
    }
  }

  /// The words of a line, where a shell takes what stands between quotes for one.
  private static func words(_ line: String) -> [String] {
    line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap { place, part in
      place.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
  }

  @Test(arguments: CommandID.allCases)
  func `reads back every value that the declared kind accepts`(id: CommandID) throws {
    let command = try #require(Catalog.tributary.command(at: id.path))
    #expect(
      Options.format.limited(to: OutputFormat.reports).kind == .choice(["text", "json", "csv", "markdown"]))
    for case .choice(let words) in command.options.compactMap(\.kind) {
      #expect(Set(words).count == words.count)
      #expect(
        words.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
    }
    for level in LevelFilter.allCases {
      #expect(Options.level.read(level.rawValue) == level)
    }
  }
}
