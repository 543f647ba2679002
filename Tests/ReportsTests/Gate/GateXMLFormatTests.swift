import Foundation
import FoundationXML
import Reports
import Rules
import Testing

/// The XML that build servers read as JUnit's, read by a parser of XML.
@Suite struct GateXMLFormatTests {
  /// Elements with their attributes and texts, in the order of the file.
  private final class Reader: NSObject, XMLParserDelegate {
    struct Element {
      var name: String
      var attributes: [String: String]
      var parent: String
      var text = ""
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    init(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
      super.init()
      let parser = XMLParser(data: Data(bytes))
      parser.delegate = self
      #expect(parser.parse(), "\(String(describing: parser.parserError))", sourceLocation: sourceLocation)
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let parent = open.last.map { elements[$0].name } ?? ""
      open.append(elements.count)
      elements.append(Element(name: name, attributes: attributes, parent: parent))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if let last = open.last { elements[last].text += text }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      #expect(open.popLast().map { elements[$0].name } == name)
    }
  }

  @Test func `it is well-formed, and nests as JUnit's does, whatever the words are`() throws {
    let parents: [String: Set<String>] = [
      "testsuites": [""], "testsuite": ["testsuites"], "testcase": ["testsuite"], "failure": ["testcase"],
      "error": ["testcase"],
    ]
    for report in try GateFixture.all() {
      let elements = Reader(report.junit()).elements
      #expect(elements.first?.name == "testsuites")
      for element in elements {
        #expect(
          parents[element.name]?.contains(element.parent) == true, "\(element.name) in \(element.parent)")
        let needed: Set<String> =
          switch element.name {
          case "testsuite": ["name", "tests", "failures", "errors", "skipped", "time", "timestamp"]
          case "testcase": ["classname", "name", "time"]
          case "failure", "error": ["message", "type"]
          default: ["name"]
          }
        #expect(Set(element.attributes.keys) == needed)
      }
    }
  }

  @Test func `its sums are those of its cases`() throws {
    for report in try GateFixture.all() {
      let elements = Reader(report.junit()).elements
      #expect(elements.count { $0.name == "testsuite" } == report.verdicts.count)
      let cases = elements.filter { $0.name == "testcase" }
      #expect(cases.count == GateRule.allCases.count * report.verdicts.count)
      func sum(_ key: String) -> Int {
        elements.filter { $0.name == "testsuite" }.reduce(0) { $0 + (Int($1.attributes[key] ?? "") ?? -1000) }
      }
      #expect(sum("tests") == cases.count)
      #expect(sum("failures") == elements.count { $0.name == "failure" })
      #expect(sum("errors") == elements.count { $0.name == "error" })
    }
  }

  @Test func `a pass has no failure, a refusal fails by its rules, and what cannot be judged is an error`()
    throws
  {
    #expect(Reader(try GateFixture.allowed().junit()).elements.allSatisfy { $0.name.hasPrefix("test") })
    let incomplete = Reader(try GateFixture.incomplete().junit()).elements.filter { $0.name == "error" }
    #expect(incomplete.map { $0.attributes["type"] } == ["incomplete"])
    let refused = try GateFixture.refused("docs/guide.md")
    let failures = Reader(refused.junit()).elements.filter { $0.name == "failure" }
    let rules = Set(refused.findings.map(\.rule.rawValue))
    #expect(Set(failures.compactMap { $0.attributes["type"] }) == rules)
    #expect(rules.count == GateRule.allCases.count - 1, "every rule but that on what is incomplete")
    #expect(failures.contains { $0.text.contains("docs/guide.md") && $0.text.contains("to mend it: ask") })
  }

  @Test func `an attacker's words stay words`() throws {
    let text = GateFixture.hostile[4]
    let elements = Reader(try GateFixture.refused(text).junit()).elements
    #expect(elements.contains { $0.text.contains(text) })
    #expect(!elements.contains { $0.attributes["name"] == "evil" })
  }
}
