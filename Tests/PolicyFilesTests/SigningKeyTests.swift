import Facts
import PolicyFiles
import Rules
import Testing

struct SigningKeyTests {
  private static let blob = "AAAAC3NzaC1lZDI1NTE5AAAAIPALZWYINxQ5WK1TjpvXQf00iyCxUS2AQK9UKK74wcTV"
  private static let ssh = "ssh-ed25519 \(blob)"
  private static let digits = "0123456789ABCDEF0123456789ABCDEF01234567"

  private func load(_ people: String) -> (people: [Roster.Person]?, problems: [String]) {
    let text = "{ version: 1, people: { \(people) } }"
    let (policy, problems) = PolicyFiles.load([("roster.json5", Array(text.utf8))])
    return (policy?.roster?.people, problems.map(\.description))
  }

  @Test func `reads keys as texts and as objects with dates`() throws {
    let (people, problems) = load(
      """
      bo: { emails: ["b@x.org"], keys: ["\(Self.ssh) bo at home",
        { fingerprint: "0123 4567 89ab cdef 0123  4567 89ab cdef 0123 4567", from: "2026-01-01", until: "2026-02-01" }] },
      app: { emails: ["a@x.org"], bot: true, keys: [{ fingerprint: "\(Self.digits)89ABCDEF0123456789ABCDEF", vouches: true }] }
      """)
    #expect(problems == [])
    let period = Period(from: Instant(text: "2026-01-01"), until: Instant(text: "2026-02-01"))
    #expect(
      people?.map(\.keys) == [
        [
          SigningKey(.ssh(type: "ssh-ed25519", base64: Self.blob)),
          SigningKey(.openPGP(fingerprint: Self.digits), period: period),
        ],
        [SigningKey(.openPGP(fingerprint: Self.digits + "89ABCDEF0123456789ABCDEF"), vouches: true)],
      ])
  }

  @Test(arguments: [
    ("'ssh-ed25519'", "38", "\"ssh-ed25519\" is no SSH public key"),
    ("'ssh-dss AAAA'", "38", "\"ssh-dss AAAA\" is no SSH public key"),
    ("'ssh-rsa \(blob)'", "38", "is no SSH public key"),
    ("'ssh-ed25519 AAAA*'", "38", "is no SSH public key"),
    (
      "7", "38",
      "found a number, expected an SSH public key, or an object with `key` or `fingerprint` and dates"
    ),
    ("{}", "38", "neither `key` nor `fingerprint`, expected one of them"),
    ("{ fingerprint: '01 23' }", "53", "\"01 23\" is no fingerprint, expected an OpenPGP fingerprint"),
    ("{ key: '\(ssh)', fingerprint: '\(digits)' }", "142", "beside `key`, expected only one of them"),
    ("{ key: '\(ssh)', vouches: true }", "38", "`vouches` on the key of a person, expected it only for"),
    ("{ key: '\(ssh)', form: '2026-01-01' }", "129", "unknown key \"form\", expected \"from\""),
    (
      "{ key: '\(ssh)', from: '2026-01-02', until: '2026-01-02' }", "156",
      "the end 2026-01-02T00:00:00Z is not after"
    ),
  ])
  func `says what is wrong with a key`(key: String, column: String, complaint: String) {
    let found = load("bo: { keys: [\(key)], logins: ['bo'], emails: [] }").problems
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("roster.json5:1:\(column): at people.bo.keys[0]") == true, "\(found)")
    #expect(found.first?.contains(complaint) == true, "\(found)")
  }

  @Test func `a key belongs to one person, however it is spelled`() {
    let found = load(
      "bo: { logins: ['bo'], keys: ['\(Self.ssh)', { key: '\(Self.ssh) again' }] }, cy: { logins: ['cy'], keys: ['\(Self.ssh)'] }"
    ).problems
    #expect(
      found == [
        "roster.json5:1:138: at people.bo.keys[1]: the key is given twice, expected it once; first given at 1:54",
        "roster.json5:1:269: at people.cy.keys[0]: the key belongs to \"bo\" at 1:54, expected it only once",
      ])
  }

  @Test func `writes keys that it reads back`() throws {
    let period = Period(from: Instant(text: "2026-01-01"))
    let roster = Roster(people: [
      .init(
        handle: "app", logins: ["app"], isBot: true,
        keys: [
          SigningKey(.ssh(type: "ssh-ed25519", base64: Self.blob), period: period, vouches: true),
          SigningKey(.openPGP(fingerprint: Self.digits)),
        ])
    ])
    let text = PolicyWriter.roster(RosterDraft(roster: roster))
    let (policy, problems) = PolicyFiles.load([("roster.json5", Array(text.utf8))])
    #expect(problems.map(\.description) == [])
    #expect(policy?.roster?.people == roster.people)
  }
}
