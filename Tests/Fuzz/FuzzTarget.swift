/// One reader of foreign bytes, with what must hold whatever the bytes are.
///
/// The fuzzer of `.ci/fuzz` and the replay of its corpus run the same targets.
struct FuzzTarget: Sendable {
  /// Also the name of the folder of its corpus in `fixtures/fuzz`.
  let name: String
  /// Throws when something does not hold; a trap counts as well, of course.
  let check: @Sendable ([UInt8]) throws(Broken) -> Void
}

/// A property that does not hold for some bytes.
struct Broken: Error, CustomStringConvertible {
  let description: String
}

/// Throws unless the condition is true.
func hold(_ condition: Bool, _ property: @autoclosure () -> String) throws(Broken) {
  guard condition else { throw Broken(description: property()) }
}

extension [UInt8] {
  /// The bytes before and behind the first of these, which is left out; all of them and none when there is none.
  func parted(at byte: UInt8) -> (before: [UInt8], behind: [UInt8]) {
    guard let place = firstIndex(of: byte) else { return (self, []) }
    return (Array(self[..<place]), Array(self[(place + 1)...]))
  }
}
