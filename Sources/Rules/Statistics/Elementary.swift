/// Functions that the standard library leaves to the C library, in plain Swift.
///
/// Only additions, multiplications, divisions and square roots are used, which IEEE 754 defines to the last bit: the
/// same value gives the same bits on every machine, which no C library promises. The relative error is below 1 part in
/// 10¹⁴ (10¹³ for the complementary error function).
enum Elementary {
  /// ln 2 in two parts, of which the first has zeros at its end, so that small multiples of it are exact.
  private static let ln2High = 6.931_471_803_691_238_164_90e-01
  private static let ln2Low = 1.908_214_929_270_587_700_02e-10

  /// e to the power of x, after `e_exp.c` of fdlibm (Sun Microsystems 1993).
  static func exp(_ x: Double) -> Double {
    guard !x.isNaN else { return x }
    guard x <= 709.782_712_893_384 else { return .infinity }
    guard x >= -745.133_219_101_941_1 else { return 0 }
    let power = (x / (ln2High + ln2Low)).rounded(.toNearestOrEven)
    let (high, low) = (x - power * ln2High, power * ln2Low)
    let rest = high - low
    let t = rest * rest
    let tail = 4.138_136_797_057_238_460_39e-08
    let q = -1.653_390_220_546_525_153_90e-06 + t * tail
    let p = 6.613_756_321_437_934_361_17e-05 + t * q
    let c =
      rest - t * (1.666_666_666_666_660_190_37e-01 + t * (-2.777_777_777_701_559_338_42e-03 + t * p))
    let scaled = 1 - ((low - (rest * c) / (2 - c)) - high)
    // In two steps, because 2¹⁰²⁴ is no number although the product may be one.
    let half = Int(power) / 2
    return Double(sign: .plus, exponent: half, significand: scaled)
      * Double(sign: .plus, exponent: Int(power) - half, significand: 1)
  }

  /// The natural logarithm of x, after `e_log.c` of fdlibm; not a number below zero.
  static func log(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x.isFinite else { return x }
    let isLarge = x.significand > 1.414_213_562_373_095
    let power = Double(isLarge ? x.exponent + 1 : x.exponent)
    let f = (isLarge ? x.significand / 2 : x.significand) - 1
    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    let even =
      w
      * (3.999_999_999_940_941_908e-01
        + w * (2.222_219_843_214_978_396e-01 + w * 1.531_383_769_920_937_332e-01))
    let odd =
      z
      * (6.666_666_666_666_735_130e-01
        + w
        * (2.857_142_874_366_239_149e-01
          + w * (1.818_357_216_161_805_012e-01 + w * 1.479_819_860_511_658_591e-01)))
    let half = f * f / 2
    return power * ln2High - ((half - (s * (half + even + odd) + power * ln2Low)) - f)
  }

  /// The share of a normal distribution farther from its mean than √2·x standard deviations, for x ≥ 0.
  ///
  /// Below 2 the series 7.1.6 of Abramowitz and Stegun (1964), all of whose terms are positive; above, their continued
  /// fraction 7.1.14.
  static func complementaryError(_ x: Double) -> Double {
    guard !x.isNaN else { return x }
    guard x > 0 else { return 1 }
    guard x < 27.3 else { return 0 }
    let rootOfPi = 1.772_453_850_905_516_027
    guard x >= 2 else {
      var (term, sum, divisor) = (x, x, 1.0)
      while term > sum * 1e-17 {
        divisor += 2
        term *= 2 * x * x / divisor
        sum += term
      }
      return 1 - 2 / rootOfPi * exp(-x * x) * sum
    }
    var fraction = x
    for step in stride(from: 80.0, through: 1, by: -1) { fraction = x + step / 2 / fraction }
    return exp(-x * x) / rootOfPi / fraction
  }

  /// The probability that χ² with one degree of freedom is at least this large.
  static func chiSquareTail(_ value: Double) -> Double { complementaryError((value / 2).squareRoot()) }
}
