import Foundation
import Testing

@testable import Commands

@Suite struct ArgumentScriptTests {
  private let completions = Completions(catalog: .tributary)

  /// Runs a shell on a script given as its standard input, and answers what it printed and how it ended.
  private func run(_ shell: String, _ options: [String] = [], _ script: String) throws -> (String, Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [shell] + options
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
    try input.fileHandleForWriting.close()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: bytes, as: UTF8.self), process.terminationStatus)
  }

  private static func isInstalled(_ shell: String) -> Bool {
    ["/bin/", "/usr/bin/", "/usr/local/bin/"].contains {
      FileManager.default.isExecutableFile(atPath: $0 + shell)
    }
  }

  @Test(arguments: [
    (
      ["tributary", ""],
      "backlog status contributions explain health maturity sources sla policy review delegate reviewers check import hook demo completions help --help --version"
    ),
    (["tributary", "ba"], "backlog"),
    (["tributary", "policy", ""], "init check show --help"),
    (["tributary", "policy", "check", "--fo"], "--format"),
    (["tributary", "backlog", "--format", ""], "text json csv markdown"),
    (["tributary", "backlog", "--format", "=", "m"], "markdown"),
    (["tributary", "backlog", "--format", "="], "text json csv markdown"),
    (["tributary", "explain", "--format", ""], "text json markdown"),
    (["tributary", "-q", "-C", "backlog", "health", "--wind"], "--window"),
    (["tributary", "--format", "json", "backlog", "--or"], "--origin"),
    (["tributary", "completions", "z"], "zsh"),
    (["tributary", "backlog", "--as-of", ""], "now"),
    (["tributary", "backlog", "--component", ""], ""),
    (["tributary", "help", "st"], "status"),
    (["tributary", "benchmark", "--"], ""),
    (["tributary", "sla", "whe"], "when"),
    (["tributary", "sla", "--fail-on", ""], "breach at-risk budget"),
    (["tributary", "sla", "no/such/clone", "--obj"], "--objective"),
    (["tributary", "sla", "when", "--cal"], "--calendar"),
  ])
  func `completes in bash`(words: [String], candidates: String) throws {
    let quoted = words.map(\.shellQuoted).joined(separator: " ")
    let script = """
      \(completions.script(for: .bash))
      COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1)
      _tributary
      echo "${COMPREPLY[*]}"
      """
    let (output, status) = try run("bash", ["--norc", "--noprofile"], script)
    #expect(output == candidates + "\n")
    #expect(status == 0)
  }

  @Test(arguments: Shell.allCases.filter { isInstalled($0.rawValue) })
  func `writes scripts that the shell can parse`(shell: Shell) throws {
    let (output, status) = try run(shell.rawValue, ["-n"], completions.script(for: shell))
    #expect(output.isEmpty)
    #expect(status == 0)
  }

  @Test(arguments: Shell.allCases)
  func `names every listed command and option in every script`(shell: Shell) {
    let script = completions.script(for: shell)
    for command in Catalog.tributary.listed {
      for word in command.path { #expect(script.contains(word)) }
      for option in command.options { #expect(script.contains(option.name)) }
    }
    #expect(!script.contains("benchmark"))
  }

  @Test func `writes a manual page with all commands, options and endings`() {
    let source = ManualPage(catalog: .tributary).source
    #expect(source.hasPrefix(".TH TRIBUTARY 1 "))
    for command in Catalog.tributary.listed {
      #expect(source.contains(".SS \(ManualPage.text(HelpPage(catalog: .tributary).usage(of: command)))\n"))
      for option in command.options { #expect(source.contains("\\fB\(ManualPage.text(option.usage))\\fR\n")) }
    }
    for ending in Ending.allCases { #expect(source.contains(".B \(ending.rawValue)\n")) }
  }

  @Test func `writes manual text that roff takes literally`() {
    #expect(ManualPage.text(".dot") == "\\&.dot")
    #expect(ManualPage.text("a-b\\c 'd' ~") == "a\\-b\\ec \\(aqd\\(aq \\(ti")
    let known = Set([".TH", ".SH", ".SS", ".B", ".I", ".TP", ".PP", ".RS", ".RE", ".nf", ".fi"])
    for line in ManualPage(catalog: .tributary).source.split(separator: "\n") where line.hasPrefix(".") {
      #expect(known.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
  }
}
