#pragma once

#include <mutex>
#include <string>
#include <vector>

namespace kontwin {

/// Progress bars on the terminal, one a task, drawn on one line each; where the output is not a
/// terminal, a line whenever a task has come a quarter further. Any thread.
class Progress {
 public:
  explicit Progress(std::vector<std::string> tasks);
  /// Draws the last state and goes on below the bars.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `share` from 0 to 1; `note` stands behind the bar.
  void set(std::size_t task, double share, const std::string& note = "");
  /// Prints a line above the bars.
  void say(const std::string& line);

 private:
  struct Task {
    std::string name;
    double share = 0;
    int shown_percent = -1;
    std::string note;
  };
  void draw();

  std::mutex mutex_;
  std::vector<Task> tasks_;
  bool terminal_;
  bool drawn_ = false;
};

}  // namespace kontwin
