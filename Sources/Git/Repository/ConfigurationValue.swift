/// Looks values up in the contents of Git configuration files.
public enum ConfigurationValue {
  /// The last value of a key such as `user.email` in one file; includes are not followed.
  public static func last(of key: String, in file: [UInt8]) -> String? { ConfigFile(file).last(key) }

  /// All entries of one file in order, for sections whose quoted parts are not known beforehand.
  ///
  /// Section and key are in lower case, a quoted part stays as written between them; an entry without a value reads
  /// "true". Includes are not followed, and lines that break Git's rules are left out.
  public static func all(in file: [UInt8]) -> [(name: String, value: String)] {
    ConfigFile(file).entries.map { ($0.name, $0.value ?? "true") }
  }

  /// Git's reading of a truth value.
  public static func isTrue(_ value: String) -> Bool { ConfigFile.isTrue(value) }
}
