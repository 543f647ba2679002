import Foundation

@testable import Commands

/// Real programs with the variables of a test.
enum ReviewPrograms {
  static func running(_ environment: @escaping (String) -> String?) -> (ProgramCall) -> ProgramOutcome {
    ChildProcess(environment: environment).run
  }
}
