#include "render/virtual_display.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>

#include "twin/error.hpp"

extern char** environ;

namespace kontwin {

namespace {

constexpr int wait_ms = 20'000;

[[noreturn]] void fail(const std::string& program, const std::string& reason) {
  throw Error("pictures need a display: " + program + " " + reason +
              " (on Debian: apt-get install xvfb libgl1-mesa-dri; or set DISPLAY)");
}

/// What Xvfb writes once it serves: its display number and a new line. Empty when it ended before.
std::string read_line(int from) {
  std::string line;
  for (pollfd ready{from, POLLIN, 0};;) {
    const int count = poll(&ready, 1, wait_ms);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return {};
    std::array<char, 16> text{};
    const ssize_t got = read(from, text.data(), text.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    line.append(text.data(), static_cast<std::size_t>(got));
    if (line.ends_with('\n')) return line;
  }
}

}  // namespace

VirtualDisplay::VirtualDisplay(const std::string& program) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail(program, std::strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  // dup2 onto another number clears close-on-exec for the child only.
  constexpr int child_end = 19;
  posix_spawn_file_actions_adddup2(&actions, ends[1], child_end);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::array<std::string, 9> words{program,     "-displayfd", std::to_string(child_end),
                                   "-screen",   "0",          "1280x1024x24",
                                   "-nolisten", "tcp",        "-terminate"};
  std::array<char*, 10> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  pid_t process = -1;
  const int error =
      posix_spawnp(&process, program.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    fail(program, std::string("cannot be started: ") + std::strerror(error));
  }
  process_ = process;
  const std::string line = read_line(ends[0]);
  close(ends[0]);
  const auto parsed = std::from_chars(line.data(), line.data() + line.size(), number_);
  if (parsed.ec != std::errc{}) {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
    process_ = -1;
    fail(program, "ended, or did not say its display number within 20 s");
  }
}

VirtualDisplay::~VirtualDisplay() {
  if (process_ <= 0) return;
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
}

}  // namespace kontwin
