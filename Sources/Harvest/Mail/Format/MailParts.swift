/// The texts of a mail, found in its MIME parts (RFC 2045 to 2049).
struct MailParts {
  /// What people read: inline plain texts in their order, decoded to UTF-8; of alternatives only the plain one.
  private(set) var text: [UInt8] = []
  /// Plain texts and patches that are attached, decoded.
  private(set) var attachments: [[UInt8]] = []
  /// There is a text, but only as HTML.
  private(set) var isHTMLOnly = false
  /// More parts, or deeper ones, than are read.
  private(set) var isCut = false

  private let limits: MailLimits
  private var count = 0

  init(_ header: MailHeader, limits: MailLimits) {
    self.limits = limits
    walk(header, depth: 0)
    if !text.isEmpty { isHTMLOnly = false }
  }

  private mutating func walk(_ header: MailHeader, depth: Int) {
    count += 1
    guard depth <= limits.depth, count <= limits.parts else {
      isCut = true
      return
    }
    let type =
      header.first("content-type").map { MailParameters($0) } ?? MailParameters(Array("text/plain".utf8))
    if type.value.starts(with: "multipart/") {
      guard let boundary = type["boundary"], !boundary.isEmpty else { return }
      for part in Self.split(header.body, boundary: boundary, limit: limits.parts) {
        walk(MailHeader(part, limits: limits), depth: depth + 1)
      }
      return
    }
    let disposition = header.first("content-disposition").map { MailParameters($0).value } ?? ""
    switch type.value {
    case "text/plain", "text", "":
      if disposition == "attachment" { attachments.append(decoded(header)) } else { add(header, type) }
    case "text/x-patch", "text/x-diff": attachments.append(decoded(header))
    case "text/html": isHTMLOnly = true
    case _ where disposition == "attachment" && type.value.starts(with: "application/octet-stream"):
      attachments.append(decoded(header))
    default: break
    }
  }

  private mutating func add(_ header: MailHeader, _ type: MailParameters) {
    if let last = text.last, last != 0x0A { text.append(0x0A) }
    text += MailText.utf8(decoded(header)[...], charset: type["charset"])
  }

  private func decoded(_ header: MailHeader) -> [UInt8] {
    let encoding = header.first("content-transfer-encoding") ?? []
    if encoding[...].isFolded("quoted-printable") { return TransferEncoding.quotedPrintable(header.body) }
    if encoding[...].isFolded("base64") { return TransferEncoding.base64(header.body) }
    return Array(header.body)
  }

  /// What lies between the lines that begin with `--boundary`.
  private static func split(
    _ body: ArraySlice<UInt8>, boundary: [UInt8], limit: Int
  ) -> [ArraySlice<UInt8>] {
    let marker = Array("--".utf8) + boundary
    var parts: [ArraySlice<UInt8>] = []
    var start: Int?
    var lines = MailLines(body)
    while let line = lines.next() {
      guard line.starts(with: marker) else { continue }
      let tail = line.dropFirst(marker.count).trimmedEnd
      guard tail.isEmpty || tail.elementsEqual("--".utf8) else { continue }
      if let start { parts.append(body[start..<max(start, line.startIndex)]) }
      start = lines.remaining.startIndex
      if !tail.isEmpty || parts.count >= limit { return parts }
    }
    if let start, start < body.endIndex { parts.append(body[start...]) }
    return parts
  }
}

/// A field such as `text/plain; charset="utf-8"`: a value and named parameters.
struct MailParameters {
  /// In lower case.
  let value: String
  private var parameters: [String: [UInt8]] = [:]

  init(_ field: [UInt8]) {
    var pieces = Self.pieces(field[...])
    value = pieces.isEmpty ? "" : String(decoding: pieces.removeFirst().folded, as: UTF8.self)
    for piece in pieces {
      guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { continue }
      var text = piece[(equals + 1)...].trimmed
      if text.count >= 2, text.first == 0x22, text.last == 0x22 { text = text.dropFirst().dropLast() }
      let name = String(decoding: piece[..<equals].trimmed.folded, as: UTF8.self)
      if parameters[name] == nil { parameters[name] = Array(text) }
    }
  }

  subscript(_ name: String) -> [UInt8]? { parameters[name] }

  /// Cut at semicolons outside of quotes, and trimmed.
  private static func pieces(_ field: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var start = field.startIndex
    var isQuoted = false
    for index in field.indices.prefix(4096) {
      if field[index] == 0x22 { isQuoted.toggle() }
      guard field[index] == UInt8(ascii: ";"), !isQuoted else { continue }
      pieces.append(field[start..<index].trimmed)
      start = index + 1
    }
    pieces.append(field[start...].trimmed)
    return pieces
  }
}
