/// Breaking of styled text into lines that fit a width.
enum Wrapping {
  /// The text in lines of at most `width` columns, broken at spaces; longer words are broken between characters.
  ///
  /// Spaces at a break vanish, all others stay. There is always at least one line.
  static func lines(_ text: StyledText, width: Int) -> [StyledText] {
    let width = max(1, width)
    var lines: [StyledText] = []
    var line = StyledText()
    var used = 0
    for word in words(text) {
      let size = word.text.width
      if used > 0, used + word.spaces + size > width {
        lines.append(line)
        line = StyledText()
        used = 0
      } else if word.spaces > 0, !(used == 0 && !lines.isEmpty) {
        line.spans.append(Span(blank(min(word.spaces, width)), word.spaceRole))
        used += min(word.spaces, width)
      }
      for piece in pieces(word.text, first: width - used, width: width) {
        if piece.startsLine {
          lines.append(line)
          line = StyledText()
          used = 0
        }
        line.spans += piece.text.spans
        used += piece.text.width
      }
    }
    lines.append(line)
    return lines.map(merged)
  }

  /// `count` spaces.
  static func blank(_ count: Int) -> EscapedText {
    EscapedText(stringLiteral: String(repeating: " ", count: max(0, count)))
  }

  private struct Word {
    var spaces = 0
    var spaceRole = Role.plain
    var text = StyledText()
  }

  private static func words(_ text: StyledText) -> [Word] {
    var words: [Word] = []
    var word = Word()
    for span in text.spans {
      for part in span.text.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        if part.offset > 0 {
          if !word.text.spans.isEmpty {
            words.append(word)
            word = Word()
          }
          word.spaces += 1
          word.spaceRole = span.role
        }
        guard !part.element.isEmpty else { continue }
        word.text.spans.append(
          Span(span.text.piece(part.element.startIndex..<part.element.endIndex), span.role))
      }
    }
    if !word.text.spans.isEmpty { words.append(word) }
    return words
  }

  private struct Piece {
    var startsLine: Bool
    var text: StyledText
  }

  /// The word whole when it fits, else cut so that each piece fills a line.
  private static func pieces(_ word: StyledText, first: Int, width: Int) -> [Piece] {
    guard word.width > first else { return [Piece(startsLine: false, text: word)] }
    var pieces = [Piece(startsLine: first <= 0, text: StyledText())]
    var room = first <= 0 ? width : first
    for span in word.spans {
      var start = span.text.text.startIndex
      for index in span.text.text.indices {
        let size = DisplayWidth.of(span.text.text[index])
        if size > room, room < width {
          pieces[pieces.count - 1].text.spans.append(Span(span.text.piece(start..<index), span.role))
          pieces.append(Piece(startsLine: true, text: StyledText()))
          start = index
          room = width
        }
        room -= size
      }
      pieces[pieces.count - 1].text.spans.append(
        Span(span.text.piece(start..<span.text.text.endIndex), span.role))
    }
    return pieces
  }

  /// The same line with neighbours of one role joined.
  private static func merged(_ line: StyledText) -> StyledText {
    var spans: [Span] = []
    for span in line.spans where !span.text.text.isEmpty {
      if let last = spans.last, last.role == span.role {
        spans[spans.count - 1] = Span(last.text + span.text, span.role)
      } else {
        spans.append(span)
      }
    }
    return StyledText(spans)
  }
}
