import Facts
import Git
import Support
import Testing

@testable import Harvest

/// What was asked of a verifier.
private final class Asked {
  var claims: [SignatureClaim] = []
}

@Suite struct GittufSignatureTests {
  private let armour = "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"

  private func harvest(
    _ story: GittufStory, _ answer: @escaping (SignatureClaim) -> SignatureFinding
  ) throws -> (harvested: Harvested, claims: [SignatureClaim]) {
    let asked = Asked()
    let harvested = try Harvester(
      try story.fixture.open(), .init(),
      verifier: { _ in
        { claims in
          asked.claims += claims
          return claims.map(answer)
        }
      }
    ).harvest()
    return (harvested, asked.claims)
  }

  private func grades(_ harvested: Harvested) -> [String] {
    harvested.traces.filter { $0.source == .gittuf }.flatMap(\.observations).map {
      "\($0.actor?.email ?? "-") \($0.grade)"
    }
  }

  @Test func `an app's key must be a service's, an authorization's key the person's own`() throws {
    let story = try GittufStory()
    let (_, _, old, tree) = try story.land("cache")
    let app = (key: "SHA256:app", text: armour)
    let at = story.fixture.clock
    try story.attest(
      GittufText.approvalPath(old, tree), GittufText.approvals(old, tree, by: ["di+8"], signatures: [app]))
    let own = [(key: "SHA256:bo", text: armour + "bo"), (key: "SHA256:cy", text: armour + "cy")]
    try story.attest(
      "reference-authorizations/" + GittufText.move(old, tree),
      GittufText.authorization(old, tree, signatures: [own[0]]), by: "Bo Lin <bo@example.org>")
    try story.attest(
      "reference-authorizations/" + GittufText.move(old, tree),
      GittufText.authorization(old, tree, signatures: own), by: "Cy Orr <cy@example.org>")
    let (harvested, claims) = try harvest(story) { claim in
      claim.signature.suffix(2).elementsEqual("cy".utf8) ? .refused("no") : .good
    }
    let cy = Identity(name: "Cy Orr", email: "cy@example.org")
    let bo = Identity(name: "Bo Lin", email: "bo@example.org")
    #expect(claims.map(\.signer) == [.service, .person(bo), .person(cy)])
    #expect(claims.map(\.namespace) == ["git", "git", "git"])
    #expect(claims.map(\.moment.seconds) == [at, at + 3600, at + 7200])
    #expect(claims[0].payload.starts(with: "DSSEv1 27 application/vnd.gittuf+json ".utf8))
    #expect(String(decoding: claims[0].payload, as: UTF8.self).hasSuffix("}}"))
    #expect(grades(harvested) == ["di signed", "bo@example.org signed", "cy@example.org recorded"])
    #expect(harvested.diagnostics.map(\.kind) == [.unverifiedSignature(detail: "no")])
    let counts = harvested.sources.first { $0.source == .gittuf }?.counts ?? []
    #expect(counts.suffix(3) == [.init("signatures", 3), .init("verified", 2), .init("not-checkable", 0)])
  }

  @Test func `a signature of a kind that cannot be checked is told, one that was not checked is not`() throws
  {
    let story = try GittufStory()
    let (_, _, old, tree) = try story.land("cache")
    try story.attest(
      "reference-authorizations/" + GittufText.move(old, tree),
      GittufText.authorization(old, tree, signatures: [(key: "di@example.org::https://x", text: "{}")]))
    try story.attest(
      GittufText.approvalPath(old, tree),
      GittufText.approvals(old, tree, by: ["di+8"], signatures: [(key: "SHA256:app", text: armour)]))
    let (harvested, claims) = try harvest(story) { _ in .unchecked }
    #expect(claims.count == 1)
    #expect(grades(harvested) == ["di@example.org recorded", "di recorded"])
    #expect(
      harvested.diagnostics.map(\.kind) == [
        .unverifiedSignature(
          detail: "a kind of signature that only its own program can check (di@example.org::https://x)")
      ])
  }

  @Test func `an approval that belongs to nothing is not checked`() throws {
    let story = try GittufStory()
    let (head, _, _, tree) = try story.land("cache")
    try story.attest(
      GittufText.approvalPath(tree, head),
      GittufText.approvals(tree, head, by: ["di+8"], signatures: [(key: "SHA256:app", text: armour)]))
    #expect(try harvest(story) { _ in .good }.claims.isEmpty)
  }
}
