import Support
import Testing

@testable import Git

/// What git itself says of the inputs that our readers take.
@Suite struct GitVerdictTests {
  /// Writes inputs as objects without git's checks, all in one process; their ids in the same order.
  private func write(_ inputs: [Corpus.Input], _ kind: String, _ fixture: TemporaryRepository) throws
    -> [String]
  {
    let paths = Array(inputs.map { $0.path + "\n" }.joined().utf8)
    let text = try fixture.git(
      ["hash-object", "--literally", "-t", kind, "-w", "--stdin-paths"], stdin: paths)
    return text.split(separator: "\n").map(String.init)
  }

  /// What `git fsck` says, line by line.
  private func complaints(_ fixture: TemporaryRepository) -> [Substring] {
    do throws(any Error) {
      return try fixture.git("fsck", "--no-dangling").split(separator: "\n")
    } catch let failure as CommandFailure {
      return failure.complaint.split(separator: "\n")
    } catch {
      Issue.record("\(error)")
      return []
    }
  }

  @Test func `git fsck has nothing against commits in the form in which git writes them`() throws {
    let fixture = try TemporaryRepository()
    let inputs = try Corpus.inputs(of: "commit")
    let ids = try write(inputs, "commit", fixture)
    try #require(ids.count == inputs.count)
    let told = complaints(fixture)
    var counts = (canonical: 0, faulty: 0)
    for (input, id) in zip(inputs, ids) {
      // Trees and parents that are not there are told in lines of another kind, and are no matter of form.
      let faults = told.filter { ($0.hasPrefix("error") || $0.hasPrefix("warning")) && $0.contains(id) }
      if CanonicalCommit(CommitObject.parse(input.bytes))?.bytes == input.bytes {
        counts.canonical += 1
        #expect(faults == [], "\(input.path)")
      } else if !faults.isEmpty {
        counts.faulty += 1
      }
    }
    #expect(counts.canonical >= 5 && counts.faulty >= 5, "\(counts)")
  }

  @Test func `git reads the trees that we read, and no other`() throws {
    let fixture = try TemporaryRepository()
    let inputs = try Corpus.inputs(of: "tree")
    for (input, id) in zip(inputs, try write(inputs, "tree", fixture)) {
      let ours = TreeEntry.parse(input.bytes)
      do throws(any Error) {
        let listed = try fixture.gitBytes(["ls-tree", "-z", "--full-tree", id])
        let lines = listed.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        let entries = try #require(ours, "\(input.path): git reads it")
        #expect(lines.count == entries.count, "\(input.path)")
        for (line, entry) in zip(lines, entries) {
          #expect(line.contains(entry.id.hex), "\(input.path): \(line)")
          #expect(
            line.hasSuffix("\t" + String(decoding: entry.name, as: UTF8.self)), "\(input.path): \(line)")
        }
      } catch is CommandFailure {
        #expect(ours == nil, "\(input.path): git does not read it")
      }
    }
  }

  @Test func `git log shows the trailers that we read`() throws {
    let fixture = try TemporaryRepository()
    let inputs = try Corpus.inputs(of: "trailer").filter { !$0.bytes.contains(0) }
    let author = "A <a@example.org> 1700000000 +0000"
    let head = Array("tree \(ObjectID.emptyTree.hex)\nauthor \(author)\ncommitter \(author)\n\n".utf8)
    for input in inputs {
      let id = try fixture.object("commit", head + input.bytes)
      let shown = try fixture.gitBytes([
        "log", "-1", "--format=%(trailers:only,unfold)", "--encoding=", id.hex,
      ])
      let ours = Trailers.parse(input.bytes, mode: .git).trailers.map { "\($0.key): \($0.value)\n" }.joined()
      #expect(Self.text(shown) == ours + "\n", "\(input.path)")
    }
  }

  /// Bytes that are no UTF-8 are Latin-1, line by line, as they are for us.
  private static func text(_ bytes: [UInt8]) -> String {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { Text.decode($0, encoding: nil).text }.joined(separator: "\n")
  }
}
