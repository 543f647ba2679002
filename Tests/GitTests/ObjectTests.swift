import Foundation
import Git
import Support
import Testing

@Suite struct ObjectTests {
  @Test func `object ids keep their words and digits`() throws {
    let hex = "0123456789abcdef0011223344556677fedcba98"
    let id = try #require(ObjectID(hex: hex.uppercased()))
    #expect(id.hex == hex)
    #expect(ObjectID(high: id.words.high, middle: id.words.middle, low: id.words.low) == id)
    #expect(id.words.low == 0xfedc_ba98)
    #expect(ObjectID(hex: hex + "0") == nil)
    #expect(ObjectID(hex: String(hex.dropLast()) + "g") == nil)
  }

  @Test func `reads an object, or says that it is missing or too large`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("start", files: ["a": "0123456789"])
    let repository = try fixture.open()
    let blob = try fixture.id(of: "HEAD:a")
    #expect(try repository.read(blob, limit: 10)?.bytes == Array("0123456789".utf8))
    #expect(try repository.read(ObjectID(high: 0, middle: 0, low: 1), limit: 10) == nil)
    #expect(try repository.header(of: ObjectID(high: 0, middle: 0, low: 1)) == nil)
    do throws(GitError) {
      _ = try repository.read(blob, limit: 9)
      Issue.record("read more than the limit")
    } catch {
      #expect(error.code == .tooLarge)
    }
  }

  @Test func `a commit larger than the limit is refused`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("start", files: ["a": "0123456789"])
    let repository = try fixture.open()
    let commit = try fixture.id(of: "HEAD")
    let size = try #require(try repository.header(of: commit)?.size)
    #expect(try repository.readSmall(commit, limit: size)?.bytes.count == size)
    #expect(try repository.readSmall(ObjectID(high: 0, middle: 0, low: 1), limit: 10) == nil)
    let error = #expect(throws: GitError.self) { try repository.readSmall(commit, limit: size - 1) }
    #expect(error?.code == .tooLarge)
  }

  @Test func `another thread reads the repository meanwhile`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("start", files: ["a": "0123456789"])
    let blob = try fixture.id(of: "HEAD:a")
    let repository = try fixture.open()
    let other = repository.meanwhile { (try? $0.read(blob, limit: 10))??.bytes }
    #expect(try repository.read(blob, limit: 10)?.bytes == other.value)
    #expect(other.value != nil)
  }

  @Test(.timeLimit(.minutes(5))) func `a truncated loose object is an error, not a missing one`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("start", files: ["a": String(repeating: "line\n", count: 500)])
    let hex = try fixture.id(of: "HEAD:a").hex
    let path = fixture.path + "/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try FileManager.default.removeItem(atPath: path)
    try whole.prefix(20).write(to: URL(fileURLWithPath: path))
    let repository = try fixture.open()
    let blob = try #require(ObjectID(hex: hex))
    #expect(throws: GitError.self) { try repository.read(blob, limit: 1 << 20) }
  }

  @Test func `a pack with wrong bytes gives errors and problems, never a crash`() throws {
    let fixture = try TemporaryRepository()
    for number in 1...30 { try fixture.commit("change \(number)", files: ["f\(number % 5)": "\(number)\n"]) }
    try fixture.git("repack", "-adq")
    let folder = fixture.path + "/.git/objects/pack"
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".pack") })
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
    for index in stride(from: 40, to: bytes.count - 20, by: 97) { bytes[index] ^= 0x5A }
    try FileManager.default.removeItem(atPath: folder + "/" + name)
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
    let repository = try fixture.open()
    let tip = try #require(try repository.resolve(reference: "refs/heads/main"))
    let history = try History.load(repository, roots: [tip], options: .init(jobs: 2))
    #expect(!history.problems.isEmpty)
  }

  @Test func `reads trees and files as git ls-tree and git show do`() throws {
    let fixture = try TemporaryRepository()
    try fixture.write(Array("#!/bin/sh\n".utf8), to: "run")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fixture.path + "/run")
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path + "/link", withDestinationPath: "docs/a.md")
    let tip = try fixture.commit("start", files: ["docs/a.md": "hello\n", "docs/ö.md": "x"])
    let repository = try fixture.open()
    let tree = try #require(try repository.tree(ofCommit: tip))
    let ours = try #require(try repository.tree(tree)).map { entry in
      let mode = String(entry.mode.rawValue, radix: 8)
      return
        "\(mode.count < 6 ? "0" : "")\(mode) \(entry.id.hex) \(String(decoding: entry.name, as: UTF8.self))"
    }
    let theirs = try fixture.git("ls-tree", "-z", "--format=%(objectmode) %(objectname) %(path)", "HEAD")
    #expect(ours == theirs.split(separator: "\0").map(String.init))
    let found = try repository.file(atPath: "docs/a.md", inCommit: tip, limit: 100)
    #expect(try found == .found(bytes: Array("hello\n".utf8), id: fixture.id(of: "HEAD:docs/a.md")))
    #expect(try repository.file(atPath: "docs/b.md", inCommit: tip, limit: 100) == .notThere)
    #expect(try repository.file(atPath: "run/b.md", inCommit: tip, limit: 100) == .notThere)
    #expect(try repository.file(atPath: "docs", inCommit: tip, limit: 100) == .notAFile(.directory))
    #expect(try repository.file(atPath: "link", inCommit: tip, limit: 100) == .notAFile(.symbolicLink))
    let blob = try fixture.id(of: "HEAD:docs/a.md")
    #expect(try repository.file(atPath: "docs/a.md", inCommit: tip, limit: 5) == .oversized(blob, size: 6))
  }
}

extension ObjectTests {
  @Test(.timeLimit(.minutes(5)), arguments: [1, 2, 3, 10, 20, 60, 100])
  func `loose objects cut at any place end a history with a problem, never a hang`(kept: Int) throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("first", files: ["a": "1\n"])
    let tip = try fixture.commit("second", files: ["a": "2\n"])
    for id in [try fixture.id(of: "HEAD~1"), try fixture.id(of: "HEAD~1^{tree}")] {
      let hex = id.hex
      let path = fixture.path + "/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))"
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      try FileManager.default.removeItem(atPath: path)
      try whole.prefix(min(kept, whole.count - 1)).write(to: URL(fileURLWithPath: path))
    }
    let history = try History.load(try fixture.open(), roots: [tip])
    #expect(history.count == 1 && history.problems.count == 1)
    #expect(try HistoryScan.authors(try fixture.open(), roots: [tip]).unread.count == 1)
  }

  @Test func `large and incompressible loose files are read whole`() throws {
    let fixture = try TemporaryRepository()
    var state: UInt64 = 1
    let noise = (0..<200_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 40)
    }
    for bytes in [noise, [UInt8](repeating: 7, count: 200_000), Array("x".utf8), []] {
      for level in ["0", "1", "9"] {
        try fixture.git("config", "core.looseCompression", level)
        try fixture.run("rm", "-rf", ".git/objects")
        try fixture.run("mkdir", ".git/objects")
        let id = try fixture.object("blob", bytes)
        #expect(try fixture.open().read(id, limit: 1 << 20)?.bytes == bytes)
      }
    }
  }
}
