import Commands
import Facts
import Foundation
import Support
import Testing

/// The rows of a trend are what `--as-of` the ends of their months tells, each by its own policy.
@Suite struct MaturityTrendTests {
  /// Standings without what is responsible, which a trend leaves out.
  private static func figures(_ items: [[String: Any]]) throws -> Data {
    let plain = items.map { item -> [String: Any] in
      var item = item
      item["criteria"] = (item["criteria"] as? [[String: Any]] ?? []).map { criterion in
        criterion.filter { $0.key != "responsible" }
      }
      return item
    }
    return try JSONSerialization.data(withJSONObject: plain, options: [.sortedKeys])
  }

  /// Compares every row with the report as of its moment, and gives the rows.
  static func rows(_ run: ([String]) throws -> [String: Any]) throws -> [[String: Any]] {
    let rows = try #require(try run(["--trend"])["trend"] as? [[String: Any]])
    for row in rows {
      let moment = try #require(row["asOf"] as? String)
      let items = try #require(try run(["--as-of", moment])["items"] as? [[String: Any]])
      let own = try #require(row["items"] as? [[String: Any]])
      let names = own.map { ($0["scope"] as? [String: String]) ?? [:] }
      let same = items.filter { names.contains(($0["scope"] as? [String: String]) ?? [:]) }
      #expect(try figures(own) == figures(same), "\(moment)")
    }
    return rows
  }

  @Test func `a policy that changes in the middle judges from its month on`() throws {
    let story = try PolicyStory()
    let rows = try Self.rows { arguments in
      try Run(
        ["maturity", story.path, "--format", "json", "--months", "5"] + arguments, now: PolicyStory.now
      ).json
    }
    #expect(rows.map { $0["month"] as? String } == ["2023-12", "2024-01", "2024-02", "2024-03", "2024-04"])
    #expect(rows.map { $0["running"] as? Bool } == [false, false, false, false, true])
    let standings = rows.map { ($0["items"] as? [[String: Any]])?.first ?? [:] }
    #expect(standings.map { $0["level"] as? Int } == [1, 2, 2, 1, 1])
    let thresholds = standings.map { standing in
      (standing["criteria"] as? [[String: Any]])?.first?["threshold"] as? Double
    }
    #expect(thresholds == [5, 1, 1, 9, 9])
    let policies = standings.map { $0["policy"] as? String }
    #expect(policies[0] == nil)
    #expect(policies[1] == policies[2])
    #expect(policies[2] != policies[3])
  }

  @Test func `a month before the repository began has nothing in it`() throws {
    let story = try CommandsStory()
    let rows = try Self.rows { arguments in
      try Run(["maturity", story.path, "--format", "json", "--months", "4"] + arguments).json
    }
    #expect(rows.count == 4)
    let first = try #require((rows[0]["items"] as? [[String: Any]])?.first)
    #expect((first["landed"] as? [String: Any])?["external"] as? Int == 0)
  }
}

extension DemoTests {
  /// The sample's way, month by month.
  @Suite struct DemoMaturityTests {
    @Test func `the sample's months are what their last seconds tell`() throws {
      let place = try DemoPlace.shared()
      let rows = try MaturityTrendTests.rows { arguments in
        let asOf = arguments.contains("--as-of") ? [] : ["--as-of", "2026-04-01"]
        _ = place.run(["maturity", "--format", "json", "--months", "4"] + asOf + arguments + [place.path])
        return try #require(
          try JSONSerialization.jsonObject(with: Data(place.output.utf8)) as? [String: Any])
      }
      #expect(rows.count == 4)
      let newest = try #require((rows[2]["items"] as? [[String: Any]])?.first)
      let landed = try #require(newest["landed"] as? [String: Any])
      #expect((landed["acceptedByDelegates"] as? Int ?? 0) > 0)
      #expect((landed["acceptedByPlatform"] as? Int ?? 0) > (landed["acceptedByDelegates"] as? Int ?? 0))
    }

    @Test func `whoever approved under an ended grant is named with it`() throws {
      let place = try DemoPlace.shared()
      _ = place.run(["maturity", "--format", "json", "--as-of", "2026-04-01", place.path])
      #expect(place.output.contains("\"cause\": \"approved-without-right\""))
      #expect(place.output.contains("had expired on"))
    }
  }
}

/// A platform whose policy came in January 2024 and asks for more from March on; one guest's review landed in January.
private struct PolicyStory {
  let fixture: TemporaryRepository
  /// 2024-04-10T00:00:00Z.
  static let now = Instant(seconds: 1_712_707_200)

  var path: String { fixture.path }

  init() throws {
    fixture = try TemporaryRepository(bare: true)
    var stream = StoryStream()
    // Day 0 is told by the fixture; days are counted so that 3 lies in January and 65 in March 2024.
    let first = (1_704_153_600 - TemporaryRepository.start) / 86_400
    stream.commit(
      "main", 1, "Start", day: first, by: "bo",
      files: [
        "policies/roster.json5": CommandsStory.roster, "policies/platform.json5": CommandsStory.platform,
        "policies/maturity.json5": Self.asking(for: 1),
      ])
    stream.commit("change", 2, "Cache answers", day: first + 1, by: "cy", from: 1, files: ["net/a.c": "1\n"])
    stream.commit(
      "main", 3, "Submitting review", day: first + 5, by: "bo", from: 1, merging: 2, files: ["net/a.c": "1\n"]
    )
    stream.commit(
      "main", 4, "Ask for more", day: first + 65, by: "bo", from: 3,
      files: ["policies/maturity.json5": Self.asking(for: 9)])
    stream.notes("reviews", day: first + 1, [2: stream.request(day: first + 1, "change", "Cache answers")])
    stream.notes(
      "discuss", day: first + 2, [2: stream.comment(day: first + 2, by: "ben", resolved: true, "Good.")])
    try fixture.git(["fast-import", "--quiet", "--force"], stdin: stream.bytes)
  }

  private static func asking(for landed: Int) -> String {
    """
    { version: 1, levels: { "2": { externalLanded: \(landed), attainment: null, oldestWaitFactor: null } } }
    """
  }
}
