#include "app/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "io/report/terminal_text.hpp"

namespace kontwin {

namespace {
constexpr int bar_columns = 30;
}

Progress::Progress(std::vector<std::string> tasks) : terminal_(isatty(STDOUT_FILENO) == 1) {
  for (std::string& name : tasks) tasks_.push_back({.name = std::move(name), .note = ""});
}

Progress::~Progress() {
  const std::scoped_lock lock(mutex_);
  draw();
}

void Progress::set(std::size_t task, double share, const std::string& note) {
  const std::scoped_lock lock(mutex_);
  Task& changed = tasks_[task];
  changed.share = std::clamp(share, 0.0, 1.0);
  changed.note = note;
  const int percent = static_cast<int>(changed.share * 100);
  const int step = terminal_ ? 1 : 25;
  if (percent / step == changed.shown_percent / step && changed.shown_percent >= 0) return;
  changed.shown_percent = percent;
  if (terminal_) {
    draw();
  } else {
    std::printf("  %s %3d %% %s\n", changed.name.c_str(), percent, note.c_str());
    std::fflush(stdout);
  }
}

void Progress::say(const std::string& line) {
  const std::scoped_lock lock(mutex_);
  if (drawn_) std::printf("\033[%zuA\r\033[J", tasks_.size());
  std::printf("%s\n", line.c_str());
  drawn_ = false;
  draw();
  std::fflush(stdout);
}

void Progress::draw() {
  if (!terminal_) return;
  std::size_t width = 0;
  for (const Task& task : tasks_) width = std::max(width, text_columns(task.name));
  if (drawn_) std::printf("\033[%zuA", tasks_.size());
  for (const Task& task : tasks_) {
    const int full = static_cast<int>(task.share * bar_columns);
    std::string bar;
    for (int i = 0; i < bar_columns; ++i) bar += i < full ? "█" : "░";
    std::printf("\r\033[K  %s %s %3d %% %s\n", padded(task.name, width).c_str(), bar.c_str(),
                static_cast<int>(task.share * 100), task.note.c_str());
  }
  std::fflush(stdout);
  drawn_ = true;
}

}  // namespace kontwin
