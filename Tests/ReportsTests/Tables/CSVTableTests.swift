import Reports
import Testing

@Suite struct CSVTableTests {
  private func lines(_ rows: [[String?]], columns: [String] = ["id", "title"], raw: Bool = false) -> String {
    var table = CSVTable(columns, raw: raw)
    for row in rows { table.append(row) }
    return String(decoding: table.bytes, as: UTF8.self)
  }

  private func cell(_ text: String, raw: Bool = false) -> String {
    let all = lines([[text, "x"]], raw: raw)
    return String(all.dropFirst("id,title\r\n".count).dropLast(",x\r\n".count))
  }

  @Test func `ends lines with CR LF and quotes only where needed`() {
    #expect(
      lines([["pr/1", "plain"], ["pr/2", "a,b"], ["pr/3", "say \"hi\""], [nil, ""]])
        == "id,title\r\npr/1,plain\r\npr/2,\"a,b\"\r\npr/3,\"say \"\"hi\"\"\"\r\n,\r\n")
  }

  @Test func `fills short rows and leaves out surplus cells`() {
    #expect(lines([["a"], ["a", "b", "c"], []]) == "id,title\r\na,\r\na,b\r\n,\r\n")
  }

  @Test func `keeps spaces at the ends by quotes`() {
    #expect(cell(" x") == "\" x\"")
    #expect(cell("x ") == "\"x \"")
    #expect(cell("x y") == "x y")
  }

  @Test func `never writes an empty line`() {
    #expect(lines([[""]], columns: ["id"]) == "id\r\n\"\"\r\n")
  }

  // The characters of OWASP's page on CSV injection, and their full-width twins.
  @Test(arguments: [
    ("=1+2", "'=1+2"), ("+cmd", "'+cmd"), ("-cmd", "'-cmd"), ("@SUM(A1)", "'@SUM(A1)"), ("＝1", "'＝1"),
    ("＋1", "'＋1"),
    ("－1", "'－1"), ("＠x", "'＠x"), (" =1", "' =1"), ("\"=1\"", "\"'\"\"=1\"\"\""), ("\t=1", "' =1"),
    ("\tplain", "' plain"), ("\u{FEFF}=1", "'\\u{FEFF}=1"), ("a=b", "a=b"), ("-5", "-5"),
    ("-5.25", "-5.25"),
    ("-", "'-"), ("--", "'--"), ("-5+cmd", "'-5+cmd"), ("feature-x", "feature-x"),
  ])
  func `puts an apostrophe before what a spreadsheet would run`(text: String, written: String) {
    #expect(cell(text) == written)
  }

  @Test func `leaves cells alone when asked for raw ones`() {
    #expect(cell("=1+2", raw: true) == "=1+2")
    #expect(cell("two\nlines", raw: true) == "\"two\nlines\"")
    #expect(cell("esc\u{1B}", raw: true) == "esc\u{1B}")
  }

  @Test func `turns line breaks and controls into spaces and shows what hides`() {
    #expect(cell("two\r\nlines") == "two  lines")
    #expect(cell("esc\u{1B}[2J") == "esc [2J")
    #expect(cell("a\u{202E}b") == "a\\u{202E}b")
  }

  @Test func `quotes what a build server would take for a command`() {
    #expect(cell("::error::x") == "\"::error::x\"")
    #expect(cell("::error::x", raw: true) == "\"::error::x\"")
  }
}
