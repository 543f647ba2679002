import Facts

/// The footers that are read, by the names that Gerrit's `ChangeNoteFooters` gives them.
enum FooterName: String, CaseIterable {
  case patchSet = "Patch-set"
  case changeID = "Change-id"
  case subject = "Subject"
  case branch = "Branch"
  case status = "Status"
  case commit = "Commit"
  case tag = "Tag"
  case submissionID = "Submission-id"
  case label = "Label"
  case copiedLabel = "Copied-Label"
  case reviewer = "Reviewer"
  case reviewerEmail = "Reviewer-email"
  case copied = "CC"
  case copiedEmail = "CC-email"
  case removed = "Removed"
  case removedEmail = "Removed-email"
  case attention = "Attention"
  case workInProgress = "Work-in-progress"
  case isPrivate = "Private"
  case current = "Current"
  case realUser = "Real-user"
  case revertOf = "Revert-of"
  case cherryPickOf = "Cherry-pick-of"

  /// The footer of a name, whatever its case; as Gerrit spells it in nearly all logs.
  static func named(_ text: String) -> FooterName? { spelled[text] ?? lowercased[text.lowercased()] }

  private static let spelled = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
  private static let lowercased = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue.lowercased(), $0) })
}

/// The value of a `Label` or `Copied-Label` footer, in the grammar of Gerrit's `ChangeNotesParser`.
struct LabelFooter {
  private(set) var label = ""
  private(set) var value = 0
  private(set) var isRemoval = false
  /// The voter where the footer names one, else empty.
  private(set) var voter: ArraySlice<UInt8> = []

  /// `NAME=±N[, UUID][ IDENT]` or `-NAME[ IDENT]`; a copied label may name a real user and a tag behind the voter.
  init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    if bytes.first == UInt8(ascii: "-") {
      isRemoval = true
      bytes = bytes.dropFirst()
    }
    let name = bytes.prefix { isDigit($0) || $0 == UInt8(ascii: "-") || Self.isLetter($0) }
    guard !name.isEmpty else { return nil }
    label = name.text
    bytes = bytes[name.endIndex...]
    if isRemoval {
      guard bytes.isEmpty || bytes.first == UInt8(ascii: " ") || bytes.first == UInt8(ascii: ",") else {
        return nil
      }
    } else {
      guard bytes.first == UInt8(ascii: "="), let (value, end) = Self.number(bytes.dropFirst()) else {
        return nil
      }
      self.value = value
      bytes = bytes[end...]
    }
    voter = Self.ident(Self.withoutUUID(bytes))
  }

  /// A sign, which may be missing, and one to four digits.
  private static func number(_ bytes: ArraySlice<UInt8>) -> (Int, Int)? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let unsigned = isNegative || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes
    let digits = unsigned.prefix { isDigit($0) }
    guard (1...4).contains(digits.count) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return (isNegative ? -value : value, digits.endIndex)
  }

  /// What follows an id of 40 digits behind the first comma; names may hold commas of their own.
  private static func withoutUUID(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard bytes.first == UInt8(ascii: ",") else { return bytes.trimmed }
    let rest = bytes.dropFirst().drop { $0 == UInt8(ascii: " ") }
    return rest.drop { $0 != UInt8(ascii: " ") }.trimmed
  }

  /// Up to the end of the first address: a real user and a tag may follow.
  private static func ident(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let close = bytes.firstIndex(of: UInt8(ascii: ">")) else { return bytes }
    return bytes[...close]
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
}

/// Gerrit's change ids: `I` and 40 hexadecimal digits.
enum ChangeID {
  static func valid(_ text: String) -> String? {
    let bytes = text.utf8
    guard bytes.count == 41, bytes.first == UInt8(ascii: "I"), ObjectName(hex: text.dropFirst()) != nil else {
      return nil
    }
    return text
  }
}
