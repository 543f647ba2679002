import Facts
import Testing

struct RosterIdentityTests {
  @Test(arguments: [
    ("12345+Ada-L@users.noreply.github.com", "Ada-L"),
    ("ada-l@users.noreply.github.com", "ada-l"),
    ("ada-l@Users.NoReply.GitHub.com", "ada-l"),
    ("123-ada@users.noreply.github.com", "123-ada"),
    ("49699333+dependabot[bot]@users.noreply.github.com", "dependabot[bot]"),
    ("77-ada@users.noreply.gitlab.com", "ada"),
    ("77-a-b@users.noreply.gitlab.example.org", "a-b"),
    ("ada@users.noreply.ghe.example.org", "ada"),
    ("ada@noreply.codeberg.org", "ada"),
    ("9+ada@noreply.gitea.example.org", "ada"),
    ("77@users.noreply.gitlab.com", "77"),
    ("ada", "ada"),
  ])
  func `finds the login in private forge addresses`(email: String, login: String) {
    #expect(Identity(name: "", email: email).login == login)
  }

  @Test(arguments: [
    "", "ada@example.org", "@users.noreply.github.com", "12+@users.noreply.github.com",
    "noreply@github.com", "ada@users.noreply.", "ada@noreply.", "ada@xusers.noreply.github.com", "ada@",
  ])
  func `finds no login in other addresses`(email: String) {
    #expect(Identity(name: "ada", email: email).login == nil)
  }

  @Test func `compares addresses without case, for ASCII letters only`() {
    #expect(Address("Ada@Example.ORG") == Address("ada@example.org"))
    #expect(Address("Ärger@example.org") != Address("ärger@example.org"))
    #expect(Address("ada@example.org.") != Address("ada@example.org"))
    #expect(Address("ada@example.org\u{A0}") != Address("ada@example.org"))
    #expect(Address("ada+x@example.org") != Address("ada@example.org"))
  }

  @Test func `tells apart what Unicode calls equivalent`() {
    let kelvin = "\u{212A}ay@example.org"
    #expect(kelvin == "Kay@example.org", "Swift's own equality, which must not decide")
    #expect(Address(kelvin) != Address("kay@example.org"))
    #expect(Identity(name: "", email: kelvin) != Identity(name: "", email: "Kay@example.org"))
    #expect(Address("zo\u{EB}@example.org") != Address("zoe\u{308}@example.org"))
    let roster = Roster(people: [.init(handle: "kay", emails: ["Kay@example.org"], logins: ["kay"])])
    #expect(roster.resolve(Identity(name: "", email: kelvin)) == nil)
    #expect(roster.resolve(Identity(name: "", email: "KAY@EXAMPLE.ORG"))?.handle == "kay")
  }

  @Test func `splits an address at its last at sign`() {
    #expect(Address("a@b@Example.org").domain == "example.org")
    #expect(Address("a@b@Example.org").localPart == "a@b")
    #expect(Address("ada").domain == nil)
    #expect(Address("ada@").domain == nil)
    #expect(Address("ada").localPart == "ada")
  }

  @Test(arguments: [
    ("*.example.org", "pay.example.org", true), ("*.example.org", "a.b.example.org", true),
    ("*.example.org", "example.org", false), ("*.example.org", "example.org.evil", false),
    ("Example.org", "EXAMPLE.ORG", true), ("renovate*", "Renovate Bot", true), ("*bot", "abbot", true),
    ("ci-?", "ci-1", true), ("ci-?", "ci-", false), ("x[bot]", "x[bot]", true), ("x[bot]", "xb", false),
    ("*a*b*c", "aaabbbc", true), ("*a*b*c", "aaabbb", false), ("", "", true), ("", "a", false),
    ("**", "a", true),
  ])
  func `matches names against globs`(pattern: String, text: String, matches: Bool) {
    #expect(NamePattern(pattern).matches(Address(text)) == matches)
  }

  @Test(.timeLimit(.minutes(5)))
  func `matches a hostile name in time`() {
    let pattern = NamePattern(String(repeating: "*a", count: 500) + "b")
    #expect(!pattern.matches(Address(String(repeating: "a", count: 20_000))))
  }
}
