import Reports
import Rules
import Testing

@Suite struct SurvivalPlotTests {
  private let hour: Int64 = 3600

  /// Waits that grow from a base, every fourth one unfinished.
  private func curve(_ count: Int64, base: Int64) -> Survival {
    Survival((0..<count).map { .init(seconds: base * (1 + $0 * $0) / 10, ended: ($0 + 1) % 4 != 0) })
  }

  private func text(_ plot: SurvivalPlot, _ width: Int = 80, _ palette: Painter.Palette = .plain) -> String {
    Painter.text(TextDocument([.plot(plot)]), width: width, palette: palette)
  }

  @Test func `draws a curve with its limits, the target and who still waits`() {
    #expect(
      text(SurvivalPlot(.init("external", curve(30, base: hour)), target: 36 * hour)) == """
        ─ answered   ░ 95% limits   ┊ target 1d 12h
           100% ┤                       ┊                    ░░░░░░░░░░┌───────
                │                       ┊       ░░░░░░░░░░░░░░░░░░░┌───┘░░░░░░░
            80% ┤                       ┊  ░░░░░░░░░░░░░░┌─────────┘░░░░░░░░░░░
                │                 ░░░░░░┊░░░░░░░┌────────┘░░░░░░░░░░░░░░░░░░░░░
            60% ┤          ░░░░░░░░░░░░░┊░░┌────┘░░░░░░░░░░░░
                │      ░░░░░░░░░░░┌────────┘░░░░░░░░░░
            40% ┤  ░░░░░░░░┌──────┘░░░░░┊░░░░░
                │ ░░░░░┌───┘░░░░░░░░░░  ┊
            20% ┤ ░┌───┘░░░░░░          ┊
                │ ┌┘░░░░                ┊
             0% ┤─┘                     ┊
                └┬──────────────┬───────────────┬──────────────┬──────────────┬
                 0s             1d              2d             3d            4d
        waiting  30             14              8              3              0

        """)
  }

  @Test func `tells two curves apart without colours`() {
    let plot = SurvivalPlot(
      .init("external", curve(30, base: hour)), .init("host", curve(20, base: hour / 2)), target: 16 * hour,
      unit: .working)
    #expect(
      text(plot) == """
        ─ external   ═ host   ░ · 95% limits   ┊ target 16h   n: still waiting
              100% ┤         ·┊                              ░░░░░░░░░░┌───────
                   │      ····╔                   ░░░░░░░░░░░░░░░░░░┌──┘░░░░░░░
               80% ┤     ···╔═╝              ░░░░░░░░░░░░░┌─────────┘░░░░░░░░░░
                   │   ···╔═╝·┊     ░░░░░░░░░░░░░░┌───────┘░░░░░░░░░░░░░░░░░░░░
               60% ┤  ····║··▒┊░░░░░░░░░░░░░░┌────┘░░░░░░░░░░
                   │ ···╔═╝▒▒░┊░░░░░┌────────┘░░░░░░░░░
               40% ┤ ·╔═╝▒░░░┌──────┘░░░░░░░░░░
                   │ ╔╝▒▒┌───┘┊░░░░░░░░░
               20% ┤ ║┌──┘░░░░┊░
                   │ ┌┘░░░░   ┊
                0% ┤─┘        ┊
                   └┬──────────────┬─────────────┬──────────────┬─────────────┬
                    0s            24h           48h            72h          96h
        n external  30             14            8              3             0
            n host  20             0             0              0             0

        """)
  }

  @Test func `draws narrower where there is less room, and says what cannot be drawn`() {
    let plot = SurvivalPlot(
      .init("external", curve(30, base: hour)), .init("host", curve(3, base: hour)), target: 16 * hour)
    #expect(
      text(plot, 50) == """
        ─ external   ░ 95% limits   ┊ target 16h   n:
        still waiting
        host: n = 3, too few for a curve (at least 5).
              100% ┤      ┊                   ░░░░░░┌────
                   │      ┊            ░░░░░░░░░░░┌─┘░░░░
               80% ┤      ┊         ░░░░░░░░┌─────┘░░░░░░
                   │      ┊   ░░░░░░░░░┌────┘░░░░░░░░░░░░
               60% ┤      ┊░░░░░░░░░┌──┘░░░░░░
                   │    ░░┊░░░┌─────┘░░░░░
               40% ┤ ░░░░░┌───┘░░░░░░
                   │ ░░░┌─┘░░░░░░
               20% ┤ ┌──┘░┊░
                   │ │░░  ┊
                0% ┤─┘    ┊
                   └┬────────┬────────┬────────┬────────┬
                    0s       1d       2d       3d      4d
        n external  30       14       8        3        0

        """)
    #expect(
      text(plot, 30) == """
        external: n = 30, half
        answered within 1d 5h.
        host: n = 3, too few for a
        curve (at least 5).

        """)
  }

  @Test func `says in words what fewer than five waits cannot show`() {
    #expect(
      text(SurvivalPlot(.init("web", curve(4, base: 9)))) == "web: n = 4, too few for a curve (at least 5).\n"
    )
    #expect(
      text(SurvivalPlot(.init("web", Survival([])))) == "web: n = 0, too few for a curve (at least 5).\n")
    #expect(text(SurvivalPlot(.init("web", curve(5, base: 9)))).contains("┌"))
  }

  @Test func `ends a curve where nothing more is known`() throws {
    let open = Survival((1...20).map { .init(seconds: $0 * 60, ended: $0 <= 4) })
    let lines = text(SurvivalPlot(.init("web", open), target: 3600)).split(separator: "\n")
    let highest = lines.first { $0.contains("─") && $0.contains("┌") }
    #expect(highest?.contains("20%") == true, "\(lines)")
    let last = try #require(highest?.lastIndex(of: "─"))
    #expect(highest?[...last].count == 7 + 2 + 17)  // margin, axis, columns up to 20 of 75 minutes
    #expect(text(SurvivalPlot(.init("web", open)), 30) == "web: n = 20, half not yet\nanswered.\n")
  }

  @Test func `takes at most sixteen lines of seventy-two columns and never more than there is room`() {
    let names: [EscapedText] = ["a team with a very long name", "日本語のチーム"]
    let first = SurvivalPlot.Series(names[0], curve(40, base: hour))
    let second = SurvivalPlot.Series(names[1], curve(40, base: 7))
    for width in 20...200 {
      let lines = text(SurvivalPlot(first, second, target: 90), width).split(separator: "\n")
      #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= min(width, 72) }, "\(width)")
      if width >= 90 { #expect(lines.count <= 17) }
    }
    #expect(text(SurvivalPlot(first, target: 90), 80).split(separator: "\n").count <= 16)
  }

  @Test func `has colours that say no more than its strokes`() {
    let plot = SurvivalPlot(
      .init("external", curve(30, base: hour)), .init("host", curve(20, base: hour / 2)), target: 16 * hour)
    let painted = text(plot, 80, .ansi)
    #expect(painted.contains("\u{1B}[36m┌──"))
    #expect(painted.contains("\u{1B}[35m╔═╝"))
    #expect(painted.contains("\u{1B}[33m┊\u{1B}[0m"))
    let bare = painted.split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated().map {
      $0.offset == 0 ? $0.element : $0.element.drop { $0 != "m" }.dropFirst()
    }
    #expect(bare.joined() == text(plot))
  }

  @Test(arguments: [0, 1, 59, 86_400, Int64.max / 2, .max - 1, .max])
  func `draws any length of wait and any target`(seconds: Int64) {
    let curve = Survival(
      (0..<9).map { .init(seconds: $0 == 0 ? -seconds : seconds / ($0 + 1), ended: $0 % 3 != 2) })
    for target in [nil, 0, -5, seconds, .max] as [Int64?] {
      let lines = text(SurvivalPlot(.init("web", curve), target: target)).split(separator: "\n")
      #expect(lines.contains { $0.contains("100% ┤") })
      #expect(lines.allSatisfy { $0.count <= 72 })
    }
  }
}
