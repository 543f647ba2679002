public import Facts
internal import Foundation

/// A message for `sendmail -t`: the headers of RFC 5322 and a body of plain UTF-8 text.
///
/// Lines end with a line feed, as programs on the same machine hand mail on; the transport makes them CR LF. The same
/// values give the same bytes, `Date` and `Message-ID` among them, so a message that is sent twice can be known as one.
public struct MailMessage: Hashable, Sendable {
  public var from: MailAddress
  public var to: [MailAddress]
  public var subject: EscapedText
  /// What `Date` says.
  public var date: Instant
  public var body: String

  public init(from: MailAddress, to: [MailAddress], subject: EscapedText, date: Instant, body: String) {
    self.from = from
    self.to = to
    self.subject = subject
    self.date = date
    self.body = body
  }

  /// The most recipients of one message, so that its `To` stays what servers take.
  public static let recipientLimit = 100

  /// The whole message.
  public func bytes() -> [UInt8] {
    let headers = [
      "From: \(from.text)",
      "To: \(to.map(\.text).joined(separator: ",\n "))",
      "Subject: \(Self.encoded(subject.text))",
      "Date: \(Self.date(date))",
      "Message-ID: \(messageID)",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: quoted-printable",
      // RFC 3834: nobody's holiday responder shall answer.
      "Auto-Submitted: auto-generated",
    ]
    return Array((headers.joined(separator: "\n") + "\n\n").utf8) + QuotedPrintable.bytes(of: body)
  }

  /// Made from everything else in the message: `<notice.SECONDS.HASH@DOMAIN>`.
  var messageID: String {
    var hash = StableHash()
    for part in [from.text] + to.map(\.text) + [subject.text, body] {
      hash.add(part.utf8)
      hash.add([0])
    }
    return "<notice.\(date.seconds).\(hash.hex)@\(from.domain)>"
  }

  /// `Sun, 01 Mar 2026 14:05:09 +0000`.
  static func date(_ moment: Instant) -> String {
    let day = moment.utcDate
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = moment.shown.rfc3339.split(separator: "T")
    let (date, time) = (parts.first ?? "", parts.last?.dropLast() ?? "")
    return
      "\(days[day.weekday - 1]), \(date.suffix(2)) \(months[day.month - 1]) \(date.prefix(4)) \(time) +0000"
  }

  /// The text of a header: folded where it is plain ASCII, else as encoded words of RFC 2047.
  static func encoded(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
    return isPlain ? folded(text) : words(text).joined(separator: "\n ")
  }

  /// Lines of at most 76 columns where there are spaces to break at, `Subject: ` counted.
  private static func folded(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let room = lines.isEmpty ? 67 : 75
      if !line.isEmpty, line.utf8.count + 1 + word.utf8.count > room {
        lines.append(line)
        line = String(word)
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    return (lines + [line]).joined(separator: "\n ")
  }

  /// Whole characters in each word, so that none is torn.
  private static func words(_ text: String) -> [String] {
    var chunks: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if chunks[chunks.count - 1].count + bytes.count > 39 { chunks.append([]) }
      chunks[chunks.count - 1] += bytes
    }
    return chunks.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }
  }
}

/// A hash that is the same on every machine and in every run: FNV-1a with 64 bits.
///
/// It tells texts apart by chance, not by force: nothing that somebody might want to fake may rest on it.
struct StableHash {
  private var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  }

  /// Sixteen digits.
  var hex: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
