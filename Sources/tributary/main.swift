import Commands
import Foundation

exit(Program.tributary.run(arguments: Array(CommandLine.arguments.dropFirst()), world: .system()).rawValue)
