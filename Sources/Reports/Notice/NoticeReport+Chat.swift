internal import Facts
internal import Rules

/// The limits of chats, counted in UTF-16 units, of which there are never fewer than characters.
private enum ChatLimit {
  /// Blocks of one message (Slack's Block Kit).
  static let blocks = 50
  /// The text of one section (Slack's Block Kit).
  static let section = 3000
  /// The text of one post; Mattermost cuts longer ones into several (`model.PostMessageMaxRunesV2`: 16 383).
  static let post = 16_000
}

extension NoticeReport {
  /// A payload for an incoming webhook of Slack; nil when there is nothing to tell.
  ///
  /// The fallback text is in our own words alone. Sections are `verbatim`, so that Slack looks for no names in them.
  public func slack() -> [UInt8]? {
    guard !isEmpty else { return nil }
    let dialect = ChatDialect.slack
    let packing = packed(chatParts(dialect), atMost: ChatLimit.blocks - 3)
    var closing = [dialect.text(NoticeWords.closing(self))]
    if packing.left > 0 { closing.insert(Self.left(packing.left), at: 0) }
    let sections =
      [dialect.text(NoticeWords.summary(self))] + packing.texts + [closing.joined(separator: "\n")]
    return JSONText.object { json in
      json.string("text", "Service levels: \(NoticeWords.counts(self).plain)")
      json.array("blocks") { blocks in
        blocks.object { block in
          block.string("type", "header")
          block.object("text") { text in
            text.string("type", "plain_text")
            text.string("text", "Promises that were not kept")
          }
        }
        for section in sections { blocks.object { Self.write(section: section, into: &$0) } }
      }
    }
  }

  /// A payload for an incoming webhook of Mattermost; nil when there is nothing to tell.
  public func mattermost() -> [UInt8]? {
    guard !isEmpty else { return nil }
    let dialect = ChatDialect.mattermost
    let head = "#### Promises that were not kept\n\n" + dialect.text(NoticeWords.summary(self))
    let closing = dialect.text(NoticeWords.closing(self))
    var texts = [head]
    var length = head.utf16.count + closing.utf16.count + 100
    var left = 0
    for part in chatParts(dialect) {
      length += part.text.utf16.count + 2
      if left == 0, length <= ChatLimit.post { texts.append(part.text) } else { left += part.breaches }
    }
    if left > 0 { texts.append(Self.left(left)) }
    let text = (texts + [closing]).joined(separator: "\n\n")
    return JSONText.object { json in json.string("text", text) }
  }

  /// A piece of a message that is never torn.
  private struct ChatPart {
    var text: String
    var breaches: Int
  }

  private func chatParts(_ dialect: ChatDialect) -> [ChatPart] {
    sections.flatMap { section in
      section.breaches.enumerated().map { place, breach in
        let team = place == 0 ? dialect.bold(NoticeWords.heading(section)) + "\n" : ""
        return ChatPart(text: team + text(of: breach, dialect), breaches: 1)
      }
    }
  }

  /// One miss; where strangers made it too long for a section, only its name and reference.
  private func text(of breach: NoticeBreach, _ dialect: ChatDialect) -> String {
    let heading = dialect.text(NoticeWords.heading(breach, naming: isNamingRepositories))
    let bullet = dialect == .slack ? "• " : "- "
    let lines = NoticeWords.fields(breach, header).map { field in
      bullet + dialect.bold(StyledText(field.label)) + ": " + dialect.text(field.value)
    }
    let text = ([heading] + lines).joined(separator: "\n")
    guard text.utf16.count > ChatLimit.section - 200 else { return text }
    return [heading, lines.last ?? ""].joined(separator: "\n")
  }

  /// Fills sections one after the other; what does not fit into `count` of them is counted.
  private func packed(_ parts: [ChatPart], atMost count: Int) -> (texts: [String], left: Int) {
    var texts: [String] = []
    var left = 0
    for part in parts {
      let joined = (texts.last.map { $0 + "\n\n" } ?? "") + part.text
      if left == 0, !texts.isEmpty, joined.utf16.count <= ChatLimit.section {
        texts[texts.count - 1] = joined
      } else if left == 0, texts.count < count {
        texts.append(part.text)
      } else {
        left += part.breaches
      }
    }
    return (texts, left)
  }

  private static func left(_ count: Int) -> String {
    "And \(count) more, for which there is no room here; `tributary sla notice` tells them all."
  }

  private static func write(section: String, into block: inout JSONObject) {
    block.string("type", "section")
    block.object("text") { text in
      text.string("type", "mrkdwn")
      text.string("text", section)
      text.boolean("verbatim", true)
    }
  }
}
