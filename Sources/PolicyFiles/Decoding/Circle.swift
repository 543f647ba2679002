/// The ways round in circles in a graph of names, each told once, in the order in which the names are given.
///
/// Every circle begins and ends with the same name.
func circles(in edges: [(name: String, next: [String])]) -> [[String]] {
  let targets = Dictionary(edges.map { ($0.name, $0.next) }) { first, _ in first }
  var found: [[String]] = []
  var done: Set<String> = []
  for edge in edges where !done.contains(edge.name) {
    var path: [(name: String, next: ArraySlice<String>)] = [(edge.name, edge.next[...])]
    var depth = [edge.name: 0]
    while let top = path.last {
      guard let next = top.next.first else {
        done.insert(top.name)
        depth[top.name] = nil
        path.removeLast()
        continue
      }
      path[path.count - 1].next = top.next.dropFirst()
      if let start = depth[next] {
        found.append(path[start...].map(\.name) + [next])
      } else if !done.contains(next), let further = targets[next] {
        depth[next] = path.count
        path.append((next, further[...]))
      }
    }
  }
  return found
}

/// `a → b → a`, with the middle left out of a long one.
func shown(circle: [String]) -> String {
  guard circle.count > 8 else { return circle.joined(separator: " → ") }
  return (circle.prefix(4) + ["…"] + circle.suffix(3)).joined(separator: " → ")
}
