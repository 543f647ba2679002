extension Unicode.Scalar {
  /// Whether this code point can make shown text lie: controls, and everything invisible or reordering.
  ///
  /// Covered are the C0 and C1 controls with DEL, bidirectional marks, embeddings and isolates, zero-width and
  /// other format characters, line and paragraph separators, fillers that look like nothing, and the tag
  /// characters. Joiners are covered as well, so an emoji family falls into its members: names in Git are
  /// written by strangers, and two names that look alike are the greater harm (Unicode Technical Report 36).
  var isHazardous: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x20...0x7E: false
    case 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F: true
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
    case 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0xFFFE, 0xFFFF: true
    case 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE007F: true
    default: false
    }
  }
}
