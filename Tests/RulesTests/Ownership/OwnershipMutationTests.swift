import Facts
import Rules
import Support
import Testing

/// Ownership files with damaged lines: the sound lines after them still say whose the paths are.
@Suite struct OwnershipMutationTests {
  private static let count = 9

  /// A file whose damaged rules stand before the sound ones, which have the last word.
  private func file(seed: UInt64, _ rule: (String, Int) -> String) -> [UInt8] {
    var damage = Damage(seed: seed)
    var bytes: [UInt8] = []
    for number in 0..<Self.count {
      let kind = Damage.Kind.allCases[number % Damage.Kind.allCases.count]
      bytes += damage.damaged(Array(rule("broken", number).utf8), kind) + [0x0A]
    }
    for number in 0..<Self.count { bytes += Array((rule("sound", number) + "\n").utf8) }
    return bytes
  }

  private func ownership(_ files: [(String, [UInt8])], _ format: OwnershipFormat) throws -> Ownership {
    var snapshot = OwnershipSnapshot(commit: ObjectName(high: 1, middle: 2, low: 3))
    snapshot.files = files.map {
      OwnershipFile(path: $0.0, bytes: $0.1, object: ObjectName(high: 4, middle: 5, low: 6))
    }
    return try #require(Ownership(snapshot, format: format))
  }

  @Test(.timeLimit(.minutes(2)), arguments: [1, 2] as [UInt64])
  func `damaged lines of CODEOWNERS are told and cost nothing but themselves`(seed: UInt64) throws {
    let bytes = file(seed: seed) { name, number in "/\(name)\(number)/*.c  @\(name)-\(number) bo@example.org"
    }
    for (path, format) in [
      (".github/CODEOWNERS", OwnershipFormat.codeOwners), (".gitlab/CODEOWNERS", .gitLabCodeOwners),
    ] {
      let read = try ownership([(path, bytes)], format)
      for number in 0..<Self.count {
        #expect(read.names("sound\(number)/a.c").contains("@sound-\(number)"), "\(format) \(number)")
      }
      #expect(!read.problems.isEmpty)
      #expect(read.problems.allSatisfy { $0.place.line >= 1 })
      #expect(read.parts().parts.count >= Self.count)
    }
  }

  @Test(.timeLimit(.minutes(2)), arguments: [1, 2] as [UInt64])
  func `damaged sections of MAINTAINERS cost nothing but themselves`(seed: UInt64) throws {
    let bytes = file(seed: seed) { name, number in
      "PART \(name) \(number)\nM:\tBo Lin <\(name)-\(number)@example.org>\nS:\tMaintained\nF:\t\(name)\(number)/\n"
    }
    let read = try ownership([("MAINTAINERS", bytes)], .maintainers)
    for number in 0..<Self.count {
      #expect(read.names("sound\(number)/a.c").contains("sound-\(number)@example.org"), "\(number)")
    }
  }

  @Test(.timeLimit(.minutes(2)), arguments: [1, 2] as [UInt64])
  func `damaged OWNERS files cost nothing but what they say themselves`(seed: UInt64) throws {
    var damage = Damage(seed: seed)
    let gerrit = "per-file *.c = bo@example.org\nset noparent\ncy@example.org\nfile: /x/OWNERS\n"
    let prow = #"{"approvers": ["bo", "cy"], "reviewers": ["dee"]}"#
    for text in [gerrit, prow] {
      var files = [("OWNERS", Array(text.utf8))]
      for (number, kind) in Damage.Kind.allCases.enumerated() {
        files.append(("sound\(number)/OWNERS", Array(text.utf8)))
        files.append(("broken\(number)/OWNERS", damage.damaged(Array(text.utf8), kind)))
      }
      let read = try ownership(files, .owners)
      let sound = read.names("sound0/a.c")
      #expect(!sound.isEmpty, "\(text) \(read.flavour) \(read.problems.prefix(3))")
      for number in Damage.Kind.allCases.indices {
        #expect(read.names("sound\(number)/a.c") == sound)
        // Whatever a broken file says, an answer comes.
        _ = read.owners(of: "broken\(number)/a.c")
      }
      #expect(!read.problems.isEmpty)
      #expect(
        read.problems.allSatisfy {
          $0.place.file.hasPrefix("broken") || $0.place.file == "x/OWNERS" || text == gerrit
        })
    }
  }
}
