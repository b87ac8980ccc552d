#pragma once

#include <stdexcept>
#include <string>

namespace kontwin {

/// The root of every error Kontwin throws. What it says names the place and the reason, so that it
/// can be shown to a user as it is.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A world that cannot be built or used.
class WorldError : public Error {
 public:
  using Error::Error;
};

/// A file that cannot be read or written: `path:line: reason`, the line left out where there is
/// none.
class FileError : public Error {
 public:
  FileError(const std::string& path, const std::string& reason) : Error(path + ": " + reason) {}
  FileError(const std::string& path, long line, const std::string& reason)
      : Error(path + ":" + std::to_string(line) + ": " + reason) {}
};

/// A scenario or an edit that cannot be carried out.
class ScenarioError : public Error {
 public:
  using Error::Error;
};

}  // namespace kontwin
