/// Looks values up in the contents of Git configuration files.
public enum ConfigurationValue {
  /// The last value of a key such as `user.email` in one file; includes are not followed.
  public static func last(of key: String, in file: [UInt8]) -> String? { ConfigFile(file).last(key) }
}
