import Facts
import Testing

@testable import Harvest

/// Whom hints at one account name, and when they do not suffice.
@Suite struct AccountVerdictTests {
  private let account = Identity(name: "Gerrit User 7", email: "7@srv-a")

  private func hints(
    _ person: String, _ email: String, _ count: Int, _ basis: AccountName.Basis = .uploads,
    from hour: Int64 = 0,
    own: Bool = false
  ) -> [AccountHint] {
    (0..<Int64(count)).map { place in
      AccountHint(
        account: account, person: Identity(name: person, email: email), basis: basis,
        time: Instant(seconds: (hour + place) * 3600), isOwnWork: own)
    }
  }

  private func verdict(_ hints: [AccountHint]...) -> AccountVerdict {
    AccountVerdict(account, hints.flatMap { $0 })
  }

  private func text(_ verdict: AccountVerdict) -> String {
    guard let name = verdict.name else { return "nobody" }
    return
      "\(name.identity.name) <\(name.identity.email)> \(name.agreeing)/\(name.observations) \(name.basis.rawValue)"
  }

  @Test func `three hints of four fifths name a person, fewer do not`() {
    #expect(text(verdict(hints("Ada Ray", "ada@x", 3))) == "Ada Ray <ada@x> 3/3 uploads")
    #expect(text(verdict(hints("Ada Ray", "ada@x", 2))) == "nobody")
    #expect(
      text(verdict(hints("Ada Ray", "ada@x", 8), hints("Bo Lin", "bo@x", 2, from: 2)))
        == "Ada Ray <ada@x> 8/10 uploads")
    #expect(
      text(verdict(hints("Ada Ray", "ada@x", 7), hints("Bo Lin", "bo@x", 2, from: 2))) == "nobody")
  }

  @Test func `the same address or the same full name is the same person`() {
    let both = verdict(hints("Ada Ray", "ada@home", 2, from: 9), hints("ada  RAY", "Ada@Work", 2, from: 5))
    #expect(text(both) == "Ada Ray <ada@home> 4/4 uploads")
    let bridged = verdict(
      hints("Ada Ray", "ada@x", 2), hints("adaray", "ADA@x", 1, from: 4),
      hints("adaray", "root@box", 2, from: 5))
    #expect(text(bridged) == "nobody")
  }

  @Test func `one word is no name by which two addresses are one person`() {
    #expect(text(verdict(hints("root", "root@a", 2), hints("root", "root@b", 2, from: 1))) == "nobody")
  }

  @Test func `uploads are asked before notes, and all kinds together when none suffices alone`() {
    #expect(
      text(verdict(hints("A B", "a@commits", 3), hints("A C", "a@notes", 90, .reviewNotes)))
        == "A B <a@commits> 3/3 uploads")
    #expect(
      text(verdict(hints("Ada Ray", "ada@x", 1), hints("Ada Ray", "ada@x", 2, .footers, from: 3)))
        == "Ada Ray <ada@x> 3/3 uploads")
    #expect(
      text(verdict(hints("Ada Ray", "ada@x", 2, .footers), hints("Ada Ray", "ada@x", 1, .reviewNotes)))
        == "Ada Ray <ada@x> 3/3 review-notes")
  }

  @Test func `somebody with a new name goes by the new one, names that mix name nobody`() {
    let renamed = verdict(
      hints("Hudson CI", "", 20, .reviewNotes), hints("CI Bot", "", 10, .reviewNotes, from: 20))
    #expect(text(renamed) == "CI Bot <7@srv-a> 10/10 review-notes")
    let mixed = verdict(
      hints("Hudson CI", "", 20, .reviewNotes), hints("CI Bot", "", 10, .reviewNotes, from: 5))
    #expect(text(mixed) == "nobody")
    let slip = verdict(
      hints("Hudson CI", "", 20, .reviewNotes), hints("CI Bot", "", 2, .reviewNotes, from: 20))
    #expect(text(slip) == "Hudson CI <7@srv-a> 20/22 review-notes")
  }

  @Test func `the account's own work needs no third witness, as long as nothing speaks against it`() {
    let own = verdict(hints("Ada Ray", "ada@x", 1, own: true))
    #expect(text(own) == "Ada Ray <ada@x> 1/1 uploads")
    #expect(own.isWeak)
    #expect(!verdict(hints("Ada Ray", "ada@x", 3, own: true)).isWeak)
    #expect(text(verdict(hints("Ada Ray", "ada@x", 1, own: true), hints("Bo Lin", "bo@x", 1))) == "nobody")
  }

  @Test func `the most frequent address is shown with its most frequent name`() {
    let verdict = verdict(
      hints("Ada", "ada@x", 1), hints("Ada Ray", "ada@x", 2, from: 1), hints("Ada Ray", "ada@y", 2, from: 9),
      hints("", "ada@x", 1, from: 5))
    #expect(text(verdict) == "Ada Ray <ada@x> 6/6 uploads")
    #expect(text(self.verdict(hints("", "ada@x", 3))) == "Gerrit User 7 <ada@x> 3/3 uploads")
  }

  @Test func `the order in which hints come makes no difference`() {
    let all = hints("A B", "a@x", 4) + hints("C D", "c@x", 1) + hints("A B", "a@y", 4, .reviewNotes)
    for shift in all.indices {
      #expect(text(verdict(Array(all[shift...]), Array(all[..<shift]))) == text(verdict(all)))
    }
  }
}
