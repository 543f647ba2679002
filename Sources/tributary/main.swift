import Commands
import Foundation

// A global, so that what it keeps is not taken apart before the process ends.
let world = World.system()
exit(Program.tributary.run(arguments: Array(CommandLine.arguments.dropFirst()), world: world).rawValue)
