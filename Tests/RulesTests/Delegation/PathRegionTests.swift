import Rules
import Testing

/// Questions about all paths at once.
@Suite struct PathRegionTests {
  private func list(_ texts: String...) throws -> PathRegion { .list(try PathList(texts)) }

  private func text(_ answer: PathAnswer) -> String? {
    if case .found(let path) = answer { String(decoding: path, as: UTF8.self) } else { nil }
  }

  @Test func `gives the shortest path that one list covers and another does not`() throws {
    #expect(text(try list("docs/**").example(outside: try list("docs/api/**"))) == "docs/x")
    #expect(text(try list("**").example(outside: try list("**", "!net/tls/**"))) == "net/tls/x")
    #expect(text(try list("net/*.c").example(outside: try list("net/http.c"))) == "net/.c")
    #expect(text(try list("a/**/b").example(outside: try list("a/*/b"))) == "a/b")
  }

  @Test func `knows that one list lies inside another`() throws {
    #expect(try list("docs/api/**").isInside(try list("docs/**")) == true)
    #expect(try list("docs/*.md", "docs/api/**").isInside(try list("docs/**")) == true)
    #expect(try list("docs/**").isInside(.any([try list("docs/*"), try list("docs/*/**")])) == true)
    #expect(try list("**", "!net/**").isInside(try list("**", "!net/tls/**")) == true)
    #expect(try list("**").isInside(try list("**", "!net/**")) == false)
    #expect(try list("**").isInside(try list("*", "**/*")) == true)
  }

  @Test func `tells whether two lists have a path in common`() throws {
    #expect(try list("docs/**").meets(try list("**/*.md")) == true)
    #expect(try list("docs/**").meets(try list("net/**")) == false)
    #expect(try list("net/**", "!net/docs/**").meets(try list("net/docs/**")) == false)
  }

  @Test func `never gives a path with an empty segment, nor one of dots`() throws {
    #expect(text(try list("?").example(outside: .nothing)) == "x")
    #expect(try list("?").isInside(try list("?")) == true)
    #expect(PathRegion.nothing.example() == .none)
    #expect(text(PathRegion.everything.example()) == "x")
    #expect(text(try list("*").example(outside: try list("?"))) == "xx")
  }

  @Test func `patterns made to take for ever are given up, not guessed`() throws {
    let hard = (1...12).map { "**/a" + String(repeating: "?", count: 8 + $0) + "/**" }
    let region = PathRegion.any(try hard.map { try list($0) })
    #expect(region.example(outside: .any([region, try list("zzz")])) != .found([]))
    #expect(region.isInside(region) != false)
  }

  /// Every answer beside the matcher of single paths, over all short paths of a small alphabet.
  @Test func `agrees with the matching of single paths`() throws {
    let patterns = [
      "**", "*", "a", "a/**", "**/a", "a/*", "a*", "*a", "?", "a/**/b", "**/a/**", "*/b", "ab", "a/b/**",
      "??",
      "**/*b", "b/?",
    ]
    let paths = Self.paths(upTo: 5)
    for one in patterns {
      for other in patterns {
        for text in [other, "!" + other] {
          let list = try PathList(["**", text])
          let inside = paths.filter { PathPatternCheck.matches(one, $0) && !list.matches($0) }
          let answer = PathRegion.list(try PathList([one])).example(outside: .list(list))
          if let least = inside.map(\.count).min() {
            guard case .found(let path) = answer else {
              Issue.record("\(one) outside \(text): \(inside[0])")
              continue
            }
            let found = String(decoding: path, as: UTF8.self)
            #expect(path.count <= least, "\(one) outside \(text): \(found)")
            #expect(PathPatternCheck.matches(one, found) && !list.matches(found), "\(one), \(text): \(found)")
          } else if case .found(let path) = answer {
            let found = String(decoding: path, as: UTF8.self)
            #expect(PathPatternCheck.matches(one, found) && !list.matches(found), "\(one), \(text): \(found)")
          }
        }
      }
    }
  }

  /// All paths of the letters a, b and x with whole segments.
  private static func paths(upTo length: Int) -> [String] {
    var found: [String] = []
    var last = [""]
    for _ in 0..<length {
      last = last.flatMap { start in ["a", "b", "x", "/"].map { start + $0 } }.filter {
        !$0.hasPrefix("/") && !$0.contains("//")
      }
      found += last.filter { !$0.hasSuffix("/") }
    }
    return found
  }
}

private enum PathPatternCheck {
  static func matches(_ pattern: String, _ path: String) -> Bool {
    // A pattern of this test that does not parse would match nothing and fail the comparison.
    (try? PathPattern(pattern))?.matches(path) ?? false
  }
}
