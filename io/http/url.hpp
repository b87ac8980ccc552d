#pragma once

#include <map>
#include <string>
#include <string_view>

namespace kontwin {

/// The target of a request line, taken apart and percent-decoded.
struct HttpTarget {
  std::string path;
  std::map<std::string, std::string> query;
};

/// Takes `/a/b?x=1&y=2` apart. A percent sign that two hexadecimal digits do not follow stands for
/// itself.
HttpTarget parse_target(std::string_view target);

}  // namespace kontwin
