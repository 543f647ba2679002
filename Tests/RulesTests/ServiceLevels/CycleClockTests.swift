import Facts
import Rules
import Testing

/// The clocks that wait more than once, for a decision, or for the landing.
@Suite struct CycleClockTests {
  @Test func `each turn of the reviewers is a wait of its own`() throws {
    let change = try Change(by: "cy").rejected(12, by: "bo").with(.revision(object("2")), 20)
      .commented(25, by: "bo", asks: true).commented(30, by: "cy").approved(50, by: "ben")
    let items = try Promise(.eachResponse).items(change)
    #expect(items.map(\.hours) == [2...2, 5...5, 20...20])
    #expect(items.map(\.state) == [.met, .met, .missed])
    #expect(items.map(\.cycle) == [1, 2, 3])
  }

  @Test func `further pushes do not restart a wait`() throws {
    let change = try Change(by: "cy").with(.revision(object("2")), 14).with(.revision(object("3")), 17)
    let items = try Promise(.eachResponse).items(change, asOf: 20)
    #expect(items.map(\.state) == [.missed])
    #expect(items.map(\.hours) == [10...10])
  }

  @Test func `a push after a plain answer asks again, unless only words hand over`() throws {
    let change = try Change(by: "cy").commented(12, by: "bo").with(.revision(object("2")), 20)
    #expect(try Promise(.eachResponse).items(change, asOf: 21).map(\.hours) == [2...2, 1...1])
    var explicit = Promise(.eachResponse)
    explicit.handOff = .explicit
    #expect(try explicit.items(change, asOf: 21).map(\.hours) == [2...2])
  }

  @Test func `a wait that ends with the change is not due, or missed when it was late`() throws {
    let each = Promise(.eachResponse)
    #expect(try each.items(Change(by: "cy").landed(12)).map(\.state) == [.notDue])
    #expect(try each.items(Change(by: "cy").landed(30)).map(\.state) == [.missed])
  }

  @Test func `a decision does not count the author's turns`() throws {
    let change = try Change(by: "cy").rejected(12, by: "bo").with(.revision(object("2")), 40).landed(
      44, by: "bo")
    let item = try Promise(.decision).item(change)
    #expect(item.state == .met)
    #expect(item.hours == 6...6)
    #expect(item.story == ["activate 10", "pause 12", "resume 40", "fulfil 44"])
  }

  @Test func `a decision taken back runs on from where it stood`() throws {
    let change = try Change(by: "cy").with(.abandoned, 14).with(.restored, 50).landed(53, by: "bo")
    let item = try Promise(.decision).item(change)
    #expect(item.hours == 7...7)
    #expect(item.story == ["activate 10", "fulfil 14", "reopen 50", "fulfil 53"])
  }

  @Test func `a landing waits from the approval that completes them`() throws {
    let landing = Promise(.landing)
    let change = try Change(by: "cy").approved(11, by: "dee").approved(20, by: "bo").landed(25, by: "bo")
    let item = try landing.item(change)
    #expect(item.start == .at(hour(20)))
    #expect(item.hours == 5...5)
    #expect(item.state == .met)
    #expect(try landing.items(Change(by: "cy").landed(25, by: "bo")).isEmpty)
  }

  @Test func `a landing does not wait while somebody rejects or a new revision needs approval`() throws {
    let landing = Promise(.landing)
    let rejected = try Change(by: "cy").approved(20, by: "bo").rejected(22, by: "ben").approved(40, by: "ben")
      .landed(43, by: "bo")
    #expect(try landing.item(rejected).story == ["activate 20", "pause 22", "resume 40", "fulfil 43"])
    #expect(try landing.item(rejected).hours == 5...5)
    let revised = try Change(by: "cy").with(.revision(object("2")), 10).approved(20, by: "bo", of: "2")
      .with(.revision(object("3")), 22).approved(30, by: "bo", of: "3").landed(31, by: "bo")
    #expect(try landing.item(revised).story == ["activate 20", "pause 22", "resume 30", "fulfil 31"])
  }
}
