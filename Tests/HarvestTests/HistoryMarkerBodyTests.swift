import Testing

@testable import Harvest

@Suite struct HistoryMarkerBodyTests {
  private static let subject = "Merge branch 'pool' into 'main'\n\nAdd a pool\n\n"

  @Test(arguments: [
    MarkerCase(subject + "See merge request group/lib!231", 2, "gitlab line 231 in group/lib title in body"),
    MarkerCase(subject + "See merge request !231\n", 2, "gitlab line 231 title in body"),
    MarkerCase(
      subject + "See merge request group/lib!231\r\n\r\nApproved-by: Bo <bo@example.org>\r\n", 2,
      "gitlab line 231 in group/lib title in body"),
    MarkerCase(
      subject + "See merge request group/lib!230\n\nSee merge request group/lib!231\n", 2,
      "gitlab line 231 in group/lib title in body"),
    MarkerCase(
      "Drop code\n\nSee merge request a/b!1\nPart-of: <https://x.example.org/group/lib/-/merge_requests/233>\n",
      1, "gitlab line 233 in https://x.example.org/group/lib"),
    MarkerCase(
      "Drop code\n\nPart-of: <https://x.example.org/group/lib/merge_requests/233>\n", 1,
      "gitlab line 233 in https://x.example.org/group/lib"),
    MarkerCase(
      "Drop code\n\nPart-of: <https://x.example.org/a/-/merge_requests/7>\n"
        + "(cherry picked from commit 0123)\n"
        + "Part-of: <https://x.example.org/a/-/merge_requests/9>\n", 1,
      "gitlab line 9 in https://x.example.org/a"),
    MarkerCase("Drop code\n\nPart-of: <https://x.example.org/a/-/merge_requests/7#note_1>\n", 1, nil),
    MarkerCase("Drop code\n\nPart-of: https://x.example.org/a/-/merge_requests/7\n", 1, nil),
    MarkerCase("Drop code\n\nPart-of: <https://x.example.org/a/-/issues/7>\n", 1, nil),
    MarkerCase("Drop code\n\nSee merge request group/lib!\n", 1, nil),
    MarkerCase("Drop code\n\nSee merge request group/lib#231\n", 1, nil),
    MarkerCase("Drop code\n\nSee merge request group/lib!231.\n", 1, nil),
    MarkerCase("Drop code\n\nSee merge request group/lib!231 and others\n", 1, nil),
    MarkerCase("Drop code\n\n> See merge request group/lib!231\n", 1, nil),
    MarkerCase("Drop code\n\n    See merge request group/lib!231\n", 1, nil),
    MarkerCase("See merge request group/lib!231\n", 2, nil),
    MarkerCase(
      "Pool (#12)\n\nSee merge request group/lib!231\n", 1, "github squash 12 'Pool'"),
  ])
  func `reads GitLab's lines in the body, and of several the last`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  @Test(arguments: [
    MarkerCase("Squash\n\n* Merge pull request #5 from ada/x\n\n* Fix (#6)\n", 1, nil),
    MarkerCase("Squash\n\nMerge pull request #5 from ada/x\n", 2, nil),
    MarkerCase("> Merge pull request #5 from ada/x\n", 2, nil),
    MarkerCase("Squash\nFix (#6)\n", 1, nil),
    MarkerCase("Squash\n\nAuto merge of #5 - a:b, r=c\n", 2, nil),
    MarkerCase("Squash\n\nPull request #5: x\nMerged in a (pull request #5)\n", 2, nil),
  ])
  func `takes no look-alike in a body for a marker`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  @Test(arguments: [
    MarkerCase(
      "Merge pull request #999999999 from a/b\n", 2, "github mergeButton 999999999 from a title in body"),
    MarkerCase("Merge pull request #1000000000 from a/b\n", 2, nil),
    MarkerCase("Fix (#99999999999999999999999999)\n", 1, nil),
    MarkerCase("Merged PR 99999999999999999999: x\n", 1, nil),
    MarkerCase("Pull request #99999999999999999999: x\n", 1, nil),
    MarkerCase("Auto merge of #99999999999999999999 - a:b, r=c\n", 2, nil),
    MarkerCase("Merge #5 #99999999999999999999\n", 2, "github namedMerge 5 title in body"),
    MarkerCase("x\n\nSee merge request a/b!99999999999999999999\n", 2, nil),
    MarkerCase("Fix (#0)\n", 1, nil),
    MarkerCase("Fix (#007)\n", 1, nil),
    MarkerCase("Merge pull request #0 from a/b\n", 2, nil),
    MarkerCase("Fix (#-5)\n", 1, nil),
    MarkerCase("Fix (#٣)\n", 1, nil),
  ])
  func `takes only numbers that a forge can have given`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  @Test(arguments: [
    MarkerCase("", 0, nil),
    MarkerCase("\n", 1, nil),
    MarkerCase(" \t\r\n \n\n", 2, nil),
    MarkerCase(")", 1, nil),
    MarkerCase("(", 1, nil),
    MarkerCase("M", 2, nil),
    MarkerCase("Merged", 1, nil),
    MarkerCase("Merge ", 2, nil),
    MarkerCase("\n\n  \nMerge pull request #5 from a/b\n", 2, "github mergeButton 5 from a title in body"),
    MarkerCase("\n\nFix (#5)\n\nText (#6)\n", 1, "github squash 5 'Fix'"),
    MarkerCase(bytes: Array("Caf".utf8) + [0xE9] + Array(" (#5)\n".utf8), 1, "github squash 5 'Caf\u{FFFD}'"),
    MarkerCase(
      bytes: Array("Merge pull request #5 from a".utf8) + [0xFF, 0xFE] + Array("/b\n".utf8), 2,
      "github mergeButton 5 from a\u{FFFD}\u{FFFD} title in body"),
    MarkerCase(bytes: [0x46, 0x00, 0x78] + Array(" (#5)".utf8), 1, "github squash 5 'F\u{0}x'"),
  ])
  func `reads empty, blank and broken messages without harm`(item: MarkerCase) {
    #expect(marker(item.message, item.parents) == item.expected)
  }

  @Test(arguments: [
    ("Subject", "Subject", ""), ("\n\nSubject\nBody", "Subject", "Body"),
    (" \n\t\n  Subject  \r\n\r\n\r\n  First \r\nSecond", "  Subject", "First"), ("", "", ""),
    ("\n \n", "", ""),
    ("One\n\n\n", "One", ""),
  ])
  func `finds the subject and the first line of the body`(message: String, subject: String, first: String) {
    let parts = MessageParts(ArraySlice(message.utf8))
    #expect(parts.subject.text == subject)
    #expect(parts.firstBodyLine.text == first)
  }

  @Test func `tells who approved each request of a bors batch`() throws {
    let body = """
      55: Add pool r=ada a=cy

      Long text r=nobody
      57: Faster r=bo start r=bo,<unknown>,ada a=dipoe\r
      58: No approval
      x59: not a line r=ada
      99999999999: too large r=ada
      """
    let lines = Marker.batchLines(ArraySlice(body.utf8))
    #expect(lines.keys.sorted() == [55, 57, 58])
    #expect(lines[55]?.title.text == "Add pool")
    #expect(lines[55]?.by.map(\.text) == ["ada"])
    #expect(lines[57]?.title.text == "Faster r=bo start")
    #expect(lines[57]?.by.map(\.text) == ["bo", "ada"])
    #expect(lines[58]?.title.text == "No approval")
    #expect(lines[58]?.by.isEmpty == true)
  }
}
