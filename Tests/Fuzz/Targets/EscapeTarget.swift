import Facts

@testable import Harvest
@testable import Reports

extension FuzzTarget {
  /// Everything that carries foreign text out: nothing raw comes through, and nothing is lost.
  static let escape = FuzzTarget(name: "escape") { bytes throws(Broken) in
    let text = String(decoding: bytes, as: UTF8.self)
    try terminal(text, bytes)
    try tables(text)
    try markdown(text)
    try chats(text)
    try mails(text)
    try buildServers(text)
    let word = CommandWord.quoted(text)
    try hold(Unescaping.shell(word) == Array(text.utf8), "a shell reads \(word) as something else")
    let json = JSONText.object { $0.string("a", text) }
    try hold(
      (try? JSONValue(json))?["a"]?.text?.utf8.elementsEqual(text.utf8) == true, "JSON of another text")
    try hold(
      isHarmless(String(decoding: json.filter { $0 != 0x0A }, as: UTF8.self)), "JSON with raw characters")
  }

  /// Neither controls nor what hides or reorders text: C0, DEL, C1, bidi, zero width, tags.
  private static func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0x200B...0x200F, 0x061C, 0x2060,
        0xFEFF,
        0x2028, 0x2029, 0xE0000...0xE007F:
        false
      default: true
      }
    }
  }

  private static func terminal(_ text: String, _ bytes: [UInt8]) throws(Broken) {
    for shown in [
      EscapedText(escaping: text), EscapedText(bytes: bytes), EscapedText(path: bytes), "\(text)",
    ] {
      try hold(isHarmless(shown.text), "raw on a terminal")
      let count = shown.text.unicodeScalars.count
      for width in [0, 1, 7] {
        let cut = DisplayWidth.truncated(shown, to: width)
        try hold(DisplayWidth.of(cut.text) <= width, "wider than \(width)")
      }
      let line = CommandGuard.disarmed(shown.text)
      try hold(!CommandGuard.startsLikeCommand(line), "a command to a build server")
      try hold(!isBracketCommand(line) && line.unicodeScalars.count >= count, "a command in brackets")
    }
    let path = EscapedText(path: bytes)
    try hold(Unescaping.path(path.text) == bytes, "git reads another path")
    try hold(path.text.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "a path that is not ASCII")
  }

  /// `##word[`, as GitHub's, Azure's and TeamCity's runners look for it.
  private static func isBracketCommand(_ line: String) -> Bool {
    let bytes = Array(line.utf8)
    for start in bytes.indices where bytes[start...].starts(with: "##".utf8) {
      let rest = bytes[(start + 2)...].drop { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
      if rest.first == UInt8(ascii: "[") { return true }
    }
    return false
  }

  private static func tables(_ text: String) throws(Broken) {
    for isRaw in [false, true] {
      var table = CSVTable(["a", "b"], raw: isRaw)
      table.append([text, nil])
      table.append(["x", text])
      guard let rows = Unescaping.csv(table.bytes), rows.map(\.count) == [2, 2, 2] else {
        throw Broken(description: "no table of two columns: \(String(decoding: table.bytes, as: UTF8.self))")
      }
      let cell = String(decoding: rows[1][0], as: UTF8.self)
      try hold(rows[2][1] == rows[1][0] && rows[1][1].isEmpty && rows[2][0] == [0x78], "another cell")
      if isRaw {
        try hold(rows[1][0] == Array(text.utf8), "a raw cell that differs")
      } else {
        try hold(isHarmless(cell), "raw in a cell")
        try hold(!isFormula(cell), "a formula")
      }
    }
  }

  private static func isFormula(_ cell: String) -> Bool {
    let start = cell.unicodeScalars.first { !$0.properties.isWhitespace && $0 != "\"" }
    guard let start, "=+-@＝＋－＠".unicodeScalars.contains(start) else { return false }
    // Numbers below zero are no formulas.
    return
      !(cell.utf8.first == 0x2D
      && cell.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E })
  }

  private static func markdown(_ text: String) throws(Broken) {
    let shown = EscapedText(escaping: text).text
    let words = MarkdownText(escaping: text)
    let back = Unescaping.markdown(words.source)
    try hold(back.unicodeScalars.elementsEqual(shown.unicodeScalars), "Markdown of another text: \(back)")
    let code = MarkdownText(code: text)
    let fence = code.source.utf8.prefix { $0 == 0x60 }.count
    if !shown.isEmpty {
      let inner = Array(code.source.utf8.dropFirst(fence).dropLast(fence))
      let longest = inner.split { $0 != 0x60 }.map(\.count)
      try hold(fence > 0 && !longest.contains(fence), "a fence of \(fence) within itself")
      try hold(inner.first != 0x60 && inner.last != 0x60, "a fence that goes on")
    }
    var table = MarkdownTable([.init("a"), .init("b")])
    let start = table.text.utf8.count
    table.append([words, code])
    let row = Array(table.text.utf8.dropFirst(start))
    var bars = 0
    var isEscaped = false
    for byte in row {
      if byte == UInt8(ascii: "|"), !isEscaped { bars += 1 }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    try hold(bars == 3 && row.count { $0 == 0x0A } == 1, "a row with \(bars) bars")
  }

  private static func chats(_ text: String) throws(Broken) {
    for role in [Role.plain, .person] {
      let styled = StyledText(text, role)
      for slack in [ChatDialect.slack.text(styled), ChatDialect.slack.bold(styled)] {
        let rest = Array(slack.utf8)
        try hold(
          !rest.contains(UInt8(ascii: "<")) && !rest.contains(UInt8(ascii: ">")), "raw brackets in Slack")
        for place in rest.indices where rest[place] == UInt8(ascii: "&") {
          let isEntity = ["&amp;", "&lt;", "&gt;"].contains { rest[place...].starts(with: $0.utf8) }
          try hold(isEntity, "a raw & in Slack")
        }
        let ticks = rest.count { $0 == 0x60 }
        try hold(ticks == (role == .person && !slack.isEmpty ? 2 : 0), "\(ticks) backticks in Slack")
      }
      let mattermost = Array(ChatDialect.mattermost.text(styled).unicodeScalars)
      for place in mattermost.indices.dropLast() where mattermost[place] == "@" {
        try hold(!mattermost[place + 1].properties.isAlphabetic, "a mention in Mattermost")
      }
    }
  }

  /// Workflow commands of one line, and XML that a reader takes back to the same text.
  private static func buildServers(_ text: String) throws(Broken) {
    for (shown, special) in [(WorkflowCommand.data(text), ""), (WorkflowCommand.property(text), ":,")] {
      try hold(isHarmless(shown), "raw in a workflow command")
      try hold(!shown.unicodeScalars.contains { special.unicodeScalars.contains($0) }, "a second property")
      let marks = shown.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false).dropFirst()
      let codes = ["25", "0D", "0A", "3A", "2C"]
      try hold(marks.allSatisfy { mark in codes.contains { mark.starts(with: $0.utf8) } }, "a raw %")
    }
    for (shown, raw) in [(XMLText.content(text), "<>"), (XMLText.attribute(text), "<>\"\n\t")] {
      try hold(!shown.utf8.contains { raw.utf8.contains($0) }, "raw in XML")
      let names = ["amp;", "lt;", "gt;", "quot;", "#10;", "#9;"]
      let entities = shown.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
        .dropFirst()
      try hold(entities.allSatisfy { entity in names.contains { entity.starts(with: $0.utf8) } }, "a raw &")
      let isXML = shown.unicodeScalars.allSatisfy { scalar in
        switch scalar.value {
        case 0x9, 0xA, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
      }
      try hold(isXML, "a character that XML does not have")
    }
  }

  private static func mails(_ text: String) throws(Broken) {
    guard let from = MailAddress("a@example.org") else { return }
    if let address = MailAddress(text) {
      try hold(
        address.text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2C && $0 != 0x3B }, "an address")
      try hold(address.text.utf8.count { $0 == UInt8(ascii: "@") } == 1, "an address with two @")
    }
    let mail = Reports.MailMessage(
      from: from, to: [from], subject: EscapedText(escaping: text), date: Instant(seconds: 0), body: text)
    let lines = mail.bytes().split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    guard let blank = lines.firstIndex(of: []) else {
      throw Broken(description: "a mail without end of header")
    }
    for line in lines[..<blank] {
      try hold(
        line.count <= 998 && line.allSatisfy { (0x20...0x7E).contains($0) }, "a header line with raw bytes")
    }
    let names = lines[..<blank].filter { $0.first != 0x20 }.compactMap { $0.parted(at: 0x3A).before }
    try hold(names.count == 9, "\(names.count) headers instead of 9")
    let body = Array(lines[(blank + 1)...].joined(separator: [0x0A]))
    try hold(Unescaping.quotedPrintable(body) == Array(text.utf8), "a body of another text")
    for line in lines[(blank + 1)...] {
      try hold(line.count <= 76 && line.first != UInt8(ascii: "."), "a body line too long, or with a dot")
      try hold(!line.starts(with: "From ".utf8), "a body line that begins another mail")
    }
  }
}
