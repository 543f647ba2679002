import Facts
import Git
import Support
import Testing

@testable import Harvest

@Suite struct GittufHostileTests {
  private func details(_ harvested: Harvested) -> [String] {
    harvested.diagnostics.map { diagnostic in
      if case .unreadableRecord(_, let detail) = diagnostic.kind { detail } else { "\(diagnostic.kind)" }
    }
  }

  @Test(arguments: [
    ("not json", "the envelope is not JSON at byte 0: a value was expected"), ("{}", "no DSSE envelope"),
    (#"{"payloadType":"x","payload":"*"}"#, "its payload is not base 64"),
    (#"{"payloadType":"x","payload":"e30="}"#, "no in-toto statement"),
    (
      #"{"payloadType":"x","payload":"ew=="}"#,
      "the statement is not JSON at byte 1: a key in quotes was expected"
    ),
  ])
  func `a broken envelope is a diagnostic`(text: String, detail: String) throws {
    let story = try GittufStory()
    let (_, merge, old, tree) = try story.land("cache")
    try story.attest(GittufText.approvalPath(old, tree), text)
    try story.attest("github-pull-requests/refs/heads/main/\(merge.hex)", text)
    #expect(details(try story.harvest()) == [detail])
  }

  @Test func `an attestation that is not about its path is left out`() throws {
    let story = try GittufStory()
    let (head, merge, old, tree) = try story.land("cache")
    try story.attest(GittufText.approvalPath(head, tree), GittufText.approvals(old, tree, by: ["bo+7"]))
    try story.attest(
      "github-pull-requests/refs/heads/main/\(merge.hex)",
      GittufText.request(
        12, commit: head, head: head, created: "2024-01-01T00:30:00Z", merged: "2024-01-01T02:00:09Z"))
    let harvested = try story.harvest()
    #expect(!harvested.traces.contains { $0.source == .gittuf })
    #expect(
      details(harvested) == [
        "no request of the commit in its path", "the statement is not what its path says",
      ])
  }

  @Test func `files of other kinds and moves of tags are passed over`() throws {
    let story = try GittufStory()
    let (_, merge, old, tree) = try story.land("cache")
    try story.attest("README", "x")
    try story.attest("code-review-approvals/review-index.json", "{}")
    try story.attest("reference-authorizations/refs/tags/v1/\(old.hex)-\(merge.hex)", "x")
    try story.attest("code-review-approvals/refs/heads/main/\(old.hex)-\(tree.hex)", "x")
    let harvested = try story.harvest()
    #expect(harvested.diagnostics.isEmpty)
    #expect(!harvested.traces.contains { $0.source == .gittuf })
  }

  @Test func `refs that lead to no commits are diagnostics`() throws {
    let story = try GittufStory()
    let blob = try story.fixture.object("blob", [0])
    try story.fixture.git("update-ref", "refs/gittuf/attestations", blob.hex)
    try story.fixture.git("update-ref", "refs/gittuf/reference-state-log", blob.hex)
    let harvested = try story.harvest()
    #expect(
      harvested.diagnostics.map(\.ref) == ["refs/gittuf/attestations", "refs/gittuf/reference-state-log"])
    #expect(harvested.sources.filter { $0.source == .gittuf }.map(\.records) == [0])
  }

  @Test func `a clone that lacks the beginning knows approvals only as old`() throws {
    let story = try GittufStory()
    let (_, _, old, tree) = try story.land("cache")
    let path = GittufText.approvalPath(old, tree)
    let first = try story.attest(path, GittufText.approvals(old, tree, by: ["bo+7"]))
    try story.attest("note", "x")
    let lost = try story.fixture.object("commit", Array("tree \(tree.hex)\n\nx".utf8))
    try story.fixture.git("replace", "--graft", first.hex, lost.hex)
    let grafted = try story.fixture.git("rev-parse", "refs/replace/\(first.hex)")
    let top = try story.fixture.git(
      ["commit-tree", "-m", "x", "-p", grafted, "refs/gittuf/attestations^{tree}"])
    try story.fixture.git("update-ref", "refs/gittuf/attestations", top)
    try story.fixture.run("rm", ".git/objects/\(lost.hex.prefix(2))/\(lost.hex.dropFirst(2))")
    let harvested = try story.harvest()
    let trace = try #require(harvested.traces.first { $0.source == .gittuf })
    #expect(trace.observations.map(\.grade) == [.bounded])
    #expect(harvested.diagnostics.map(\.kind) == [.missingObject])
  }

  @Test func `no change of a byte makes reading fail`() throws {
    let id = try #require(ObjectID(hex: "4b825dc642cb6eb9a060e54bf8d69288fbee4904"))
    let text = Array(
      GittufText.approvals(id, id, by: ["bo+7"], signatures: [(key: "SHA256:a", text: "x")]).utf8)
    var read = 0
    for place in text.indices {
      for byte: UInt8 in [0, 0x22, 0x5C, 0x7B, 0x7D, 0xFF] {
        var changed = text
        changed[place] = byte
        if (try? Envelope(changed)) != nil { read += 1 }
      }
    }
    #expect(read > 0)
    for length in text.indices {
      #expect(throws: Envelope.Problem.self) { try Envelope(Array(text[..<length])) }
    }
  }
}
