#pragma once

#include <filesystem>
#include <string>

namespace kontwin {

/// Scripts and data for gnuplot in a folder of their own under the system's temporary one, gone
/// with the object.
class Gnuplot {
 public:
  /// Throws FileError when the folder cannot be made.
  Gnuplot();
  ~Gnuplot();
  Gnuplot(const Gnuplot&) = delete;
  Gnuplot& operator=(const Gnuplot&) = delete;

  /// A file in the folder, for data and for what is drawn.
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  /// Runs a script. `what` names the picture in messages. Throws Error when gnuplot is missing or
  /// refuses, with its words.
  void run(const std::string& script, const std::string& what) const;

  /// A text between gnuplot's double quotes.
  static std::string quoted(const std::string& text);

 private:
  std::filesystem::path folder_;
};

}  // namespace kontwin
