#include "app/command_line.hpp"

int main(int argument_count, char** arguments) {
  return kontwin::run_command_line(argument_count, arguments);
}
