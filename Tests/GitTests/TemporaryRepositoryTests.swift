import Git
import Support
import Testing

@Test func `a temporary repository gives the same commit each time`() throws {
  let first = try TemporaryRepository().commit("start", files: ["a/b.txt": "one\n"])
  let second = try TemporaryRepository().commit("start", files: ["a/b.txt": "one\n"])
  #expect(first == second)
}

@Test func `the dates of a temporary repository are one hour apart`() throws {
  let fixture = try TemporaryRepository()
  try fixture.commit("first")
  try fixture.commit("second", author: "Bo Lin <bo@example.org>")
  let log = try fixture.git("log", "--format=%an %ae %ct")
  #expect(
    log == """
      Bo Lin bo@example.org 1704070800
      Ada Ray ada@example.org 1704067200
      """)
}
