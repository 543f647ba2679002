import Foundation
import Rules
import Testing

/// The answers of other programs; `fixtures/statistics/README.md` says how they were obtained.
enum StatisticsFixture {
  /// The fields of each line of a file.
  static func rows(_ name: String) throws -> [[String]] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../fixtures/statistics")
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    return text.split(separator: "\n").map { parts(String($0), "\t") }
  }

  static func parts(_ text: String, _ separator: Character) -> [String] {
    text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }

  static func list(_ text: String) -> [String] { text.isEmpty ? [] : parts(text, ",") }

  static func number(_ text: String) throws -> Double { try #require(Double(text)) }

  static func seconds(_ text: String) throws -> Int64 { try #require(Int64(text)) }

  static func confidence(_ percent: String) throws -> Confidence {
    try #require(Confidence.allCases.first { String($0.percent) == percent })
  }

  /// Waits and, separately, whether each one ended.
  static func waits(_ lengths: String, _ ended: String) throws -> [Survival.Wait] {
    try zip(list(lengths), list(ended)).map {
      .init(seconds: try seconds($0), ended: $1 != "0")
    }
  }
}

/// Equal but for rounding.
func isNear(_ one: Double, _ other: Double, _ tolerance: Double) -> Bool {
  abs(one - other) <= tolerance * max(1, abs(other))
}

/// Waits in seconds, each with 1 if it ended and 0 if not.
func survival(_ seconds: [Int64], _ ended: [Int]) -> Survival {
  Survival(zip(seconds, ended).map { .init(seconds: $0, ended: $1 == 1) })
}

/// A small generator whose numbers are the same on every machine (SplitMix64, Steele and others 2014).
struct Chance: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Waits of which some tie and some are unfinished.
  mutating func waits(_ count: Int, below limit: Int64, endedOf ten: Int = 7) -> [Survival.Wait] {
    (0..<count).map { _ in
      .init(
        seconds: Int64.random(in: 0..<limit, using: &self), ended: Int.random(in: 0..<10, using: &self) < ten)
    }
  }
}
