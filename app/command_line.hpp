#pragma once

namespace kontwin {

/// Reads the command line and carries out the command. Returns the exit status: 0 done, 1 an error
/// the user was told of, 2 a command line that makes no sense.
int run_command_line(int argument_count, char** arguments);

}  // namespace kontwin
