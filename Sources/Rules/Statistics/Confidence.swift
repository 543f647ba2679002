/// How sure an interval is to hold the true value.
public enum Confidence: Hashable, Sendable, CaseIterable {
  case ninety
  case ninetyFive
  case ninetyNine

  /// The quantile of the normal distribution that leaves half of the doubt on each side.
  public var z: Double {
    switch self {
    case .ninety: 1.644_853_626_951_472_2
    case .ninetyFive: 1.959_963_984_540_054
    case .ninetyNine: 2.575_829_303_548_900_4
    }
  }

  /// The probability in percent.
  public var percent: Int {
    switch self {
    case .ninety: 90
    case .ninetyFive: 95
    case .ninetyNine: 99
    }
  }
}
