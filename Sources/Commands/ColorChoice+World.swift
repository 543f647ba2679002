public import Reports

extension ColorChoice {
  /// Whether to paint for a stream: an explicit choice wins, then `NO_COLOR`, `CLICOLOR_FORCE`, the terminal.
  ///
  /// The variables are those of no-color.org and bixense.com/clicolors.
  func palette(for terminal: Terminal, environment: (String) -> String?) -> Painter.Palette {
    switch self {
    case .always: return .ansi
    case .never: return .plain
    case .auto: break
    }
    func isSet(_ name: String) -> Bool { environment(name).map { !$0.isEmpty } ?? false }
    if isSet("NO_COLOR") { return .plain }
    if isSet("CLICOLOR_FORCE"), environment("CLICOLOR_FORCE") != "0" { return .ansi }
    guard terminal.isTerminal, environment("TERM") != "dumb", environment("CLICOLOR") != "0" else {
      return .plain
    }
    return .ansi
  }
}

extension Arguments {
  /// Colours for standard output, as asked for and as the world allows.
  public func palette(in world: World) -> Painter.Palette {
    (self[Options.color] ?? .auto).palette(for: world.outputTerminal, environment: world.environment)
  }

  /// Columns for text on standard output.
  public func width(in world: World) -> Int { self[Options.width] ?? world.outputTerminal.columns }
}
