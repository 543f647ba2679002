internal import Facts
internal import Rules

extension NoticeReport {
  /// The notice for people: one section for each team.
  public func text() -> TextDocument {
    var document = TextDocument([
      .title("Promises that were not kept"), .paragraph(NoticeWords.summary(self)),
    ])
    for section in sections {
      let parts = section.breaches.map { breach in
        TextDocument.Block.section(
          NoticeWords.heading(breach, naming: isNamingRepositories),
          [.fields(NoticeWords.fields(breach, header))])
      }
      document.append(.section(NoticeWords.heading(section), parts))
    }
    if !isEmpty { document.append(.note(NoticeWords.closing(self))) }
    document.blocks += header.notes.map { .note(Words.note($0)) }
    return document
  }

  /// The notice as a mail; nil when there is nothing to tell.
  public func mail(from: MailAddress, to: [MailAddress]) -> MailMessage? {
    guard !isEmpty else { return nil }
    var subject: EscapedText = "Service levels: "
    subject = subject + NoticeWords.counts(self).escaped
    if sections.count == 1, let name = sections[0].name { subject = subject + " (\(name))" }
    return MailMessage(
      from: from, to: to, subject: subject, date: header.asOf,
      body: Painter.text(text(), width: 72, palette: .plain))
  }
}

extension StyledText {
  /// The text without roles, still known to be safe.
  fileprivate var escaped: EscapedText { EscapedText.joined(spans.map(\.text), by: "") }
}
