internal import Facts

/// A `Key: Name <address>` line that somebody wrote into an answer.
struct MailTrailer: Hashable {
  enum Kind: Hashable {
    case reviewed
    case acked
    case tested
    case nacked
    case reported
  }

  let kind: Kind
  let person: Identity
}

extension MailTrailer.Kind {
  /// Nil for keys that give no opinion.
  init?(key: ArraySlice<UInt8>) {
    switch String(decoding: key.folded, as: UTF8.self) {
    case "reviewed-by", "review-by", "reviewd-by", "approved-by": self = .reviewed
    case "acked-by", "ack-by", "acked-and-reviewed-by": self = .acked
    case "tested-by": self = .tested
    case "nacked-by", "nak-by", "nack-by", "rejected-by": self = .nacked
    case "reported-by": self = .reported
    default: return nil
    }
  }
}

/// Finds trailers in the text of an answer, by the rules of b4 (`LoreMessage.find_trailers`).
enum MailTrailers {
  /// The trailer of one line that is not quoted; `next` is the line after it, for an address that was wrapped.
  static func read(_ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>?) -> MailTrailer? {
    let text = line.trimmed
    guard let colon = text.prefix(40).firstIndex(of: UInt8(ascii: ":")),
      let kind = MailTrailer.Kind(key: text[..<colon])
    else { return nil }
    var value = Array(text[(colon + 1)...].trimmed)
    if !value.contains(UInt8(ascii: "@")), let next = next?.trimmed, next.first == UInt8(ascii: "<") {
      value += [0x20] + next
    }
    guard !value.isEmpty, let person = PersonList.parse(value[...].text).first,
      person.email.utf8.contains(UInt8(ascii: "@"))
    else { return nil }
    return MailTrailer(kind: kind, person: person)
  }

  /// Whether an address in a trailer is the sender's own, as b4 compares them (`LoreTrailer.email_eq`).
  ///
  /// Without regard to case; a `+suffix` does not count, nor does one more level of the same domain.
  static func isOwn(_ email: String, sender: String) -> Bool {
    let (ours, theirs) = (Address(email), Address(sender))
    if ours == theirs { return true }
    guard let domain = ours.domain, let other = theirs.domain,
      withoutSuffix(ours.localPart) == withoutSuffix(theirs.localPart)
    else { return false }
    return domain == other || isOneLevelBelow(domain, other) || isOneLevelBelow(other, domain)
  }

  private static func withoutSuffix(_ local: String) -> Substring {
    local.prefix { $0 != "+" }
  }

  private static func isOneLevelBelow(_ domain: String, _ parent: String) -> Bool {
    domain.hasSuffix("." + parent)
      && !domain.dropLast(parent.utf8.count + 1).utf8.contains(UInt8(ascii: "."))
      && parent.utf8.contains(UInt8(ascii: "."))
  }
}
