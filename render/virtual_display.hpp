#pragma once

#include <string>

namespace kontwin {

/// An X display that draws into memory: an Xvfb process of our own on a free display number. It
/// ends with this object, and by itself once the last of its clients is gone (so also after kill
/// -9).
class VirtualDisplay {
 public:
  /// Starts `program` and waits up to 20 s until it serves. Throws Error that says what is missing
  /// when it cannot be started.
  explicit VirtualDisplay(const std::string& program = "Xvfb");
  ~VirtualDisplay();
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

  int number() const { return number_; }
  /// `:99`, as DISPLAY takes it.
  std::string name() const { return std::string(":").append(std::to_string(number_)); }

 private:
  int process_ = -1;
  int number_ = -1;
};

}  // namespace kontwin
