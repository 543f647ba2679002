import Foundation
import Support
import Testing

@testable import Commands

@Suite struct ChildProcessTests {
  private let tool = ChildProcess {
    ["PATH": "relative:/usr/bin:/bin", "SECRET": "x", "HOME": "/nowhere"][$0]
  }

  private func shell(_ script: String, _ files: [[UInt8]] = [], input: [UInt8] = [], seconds: Int = 20)
    -> ProgramOutcome
  {
    tool.run(
      ProgramCall(
        "sh", [.text("-c"), .text(script), .text("sh")] + files.map { .file($0) }, input: input,
        environment: ["GIVEN": "y"], seconds: seconds))
  }

  private func text(_ outcome: ProgramOutcome) -> String {
    if case .ended(status: 0, let output) = outcome {
      String(decoding: output, as: UTF8.self)
    } else {
      "\(outcome)"
    }
  }

  @Test func `hands over input and private files, and removes them`() throws {
    let outcome = text(
      shell("cat; cat \"$1\"; stat -c %a \"$1\" \"${1%/*}\"; echo \"$1\"", [[0x66]], input: [0x69]))
    let lines = outcome.split(separator: "\n").map(String.init)
    #expect(lines.prefix(2) == ["if600", "700"])
    let path = try #require(lines.last)
    #expect(path.hasPrefix("/tmp/tributary-"))
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(!FileManager.default.fileExists(atPath: String(path.prefix { $0 != "." }.dropLast(2))))
  }

  @Test func `passes nothing of the environment on but what is stated`() {
    let lines = text(shell("env | grep -v '^_=\\|^PWD=\\|^SHLVL=\\|^OLDPWD='")).split(separator: "\n")
      .sorted()
    #expect(lines == ["GIVEN=y", "HOME=/nowhere", "LC_ALL=C", "PATH=relative:/usr/bin:/bin", "TZ=UTC"])
  }

  @Test func `tells statuses, signals and time that is over apart`() {
    #expect(shell("exit 3") == .ended(status: 3, output: []))
    #expect(shell("kill -9 $$") == .killed)
    #expect(shell("sleep 30 & wait", seconds: 1) == .killed)
  }

  @Test func `looks programs up by plain names in absolute folders only`() {
    #expect(tool.run(ProgramCall("no-such-program", [], input: [])) == .missing)
    #expect(tool.run(ProgramCall("/bin/sh", [], input: [])) == .missing)
    let lost = ChildProcess { ["PATH": ".:bin:"][$0] }
    #expect(lost.run(ProgramCall("sh", [], input: [])) == .missing)
  }

  @Test func `refuses output without end`() {
    #expect(shell("head -c 3000000 /dev/zero") == .failed("File too large"))
  }
}
