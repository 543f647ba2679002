/// One value of a file, its place, and the report that takes what is wrong with it.
///
/// Every reading function answers nil after it has reported why; callers go on with whatever else there is to
/// read, so that one run finds all problems.
struct Cursor {
  let node: Node
  let trail: Trail?
  let report: FileReport

  func error(_ message: @autoclosure () -> String) {
    report.add(.error, message(), at: node.offset, trail: trail)
  }

  func warn(_ message: @autoclosure () -> String) {
    report.add(.warning, message(), at: node.offset, trail: trail)
  }

  /// Line and column, as another problem's message names them.
  var place: String { report.place(of: node.offset) }

  /// Reports that the value is of another kind than wanted.
  func mismatch<Wanted>(_ expected: String, as type: Wanted.Type = Wanted.self) -> Wanted? {
    error("found \(node.kind), expected \(expected)")
    return nil
  }

  /// The keys and values of an object with fixed keys; unknown and missing ones are reported.
  func fields(_ shape: Shape) -> Fields? {
    guard case .object(let members) = node.value else { return mismatch("an object") }
    var values: [String: Cursor] = [:]
    for member in members where values[member.key] == nil {
      let trail = Trail(trail, .key(member.key))
      values[member.key] = Cursor(node: member.node, trail: trail, report: report)
      if !shape.knows(member.key) {
        report.add(.error, shape.complaint(about: member.key), at: member.keyOffset, trail: trail)
      }
    }
    for key in shape.required where values[key.name] == nil {
      error("missing key \(quoted(key.name)), expected \(key.expects)")
    }
    return Fields(shape: shape, values: values)
  }

  /// The entries of an object whose keys the writer chooses, in the order of the file.
  func entries() -> [Entry]? {
    guard case .object(let members) = node.value else { return mismatch("an object") }
    var seen: Set<[UInt8]> = []
    return members.compactMap { member in
      guard seen.insert(Array(member.key.utf8)).inserted else { return nil }
      let trail = Trail(trail, .key(member.key))
      return Entry(
        key: member.key, keyOffset: member.keyOffset,
        value: Cursor(node: member.node, trail: trail, report: report))
    }
  }

  func elements() -> [Cursor]? {
    guard case .array(let nodes) = node.value else { return mismatch("a list") }
    return nodes.enumerated().map { index, node in
      Cursor(node: node, trail: Trail(trail, .index(index)), report: report)
    }
  }

  /// The value itself, unless it is a list with more than so many elements.
  func atMost(_ count: Int) -> Cursor? {
    guard case .array(let nodes) = node.value, nodes.count > count else { return self }
    error("\(nodes.count) elements, expected at most \(count)")
    return nil
  }

  /// Reports every key that is given twice anywhere below this value.
  func reportDuplicateKeys() {
    switch node.value {
    case .array(let nodes):
      for (index, node) in nodes.enumerated() {
        Cursor(node: node, trail: Trail(trail, .index(index)), report: report).reportDuplicateKeys()
      }
    case .object(let members):
      var places: [[UInt8]: Int] = [:]
      for member in members {
        let trail = Trail(trail, .key(member.key))
        if let first = places[Array(member.key.utf8)] {
          report.add(
            .error, "duplicate key, expected it once; first given at \(report.place(of: first))",
            at: member.keyOffset, trail: trail)
        } else {
          places[Array(member.key.utf8)] = member.keyOffset
        }
        Cursor(node: member.node, trail: trail, report: report).reportDuplicateKeys()
      }
    default: break
    }
  }
}

/// One entry of an object whose keys the writer chooses.
struct Entry {
  var key: String
  var keyOffset: Int
  var value: Cursor

  /// Reports something about the key itself.
  func keyError(_ message: @autoclosure () -> String) {
    value.report.add(.error, message(), at: keyOffset, trail: value.trail)
  }
}

/// The values of an object with fixed keys.
struct Fields {
  let shape: Shape
  fileprivate let values: [String: Cursor]

  fileprivate init(shape: Shape, values: [String: Cursor]) {
    self.shape = shape
    self.values = values
  }

  /// The value under a key of the shape, or nil when it is not given.
  subscript(_ key: String) -> Cursor? {
    assert(shape.knows(key), "\(shape.definition) has no key \(key)")
    return values[key]
  }
}
