#include "io/http/url.hpp"

#include <charconv>

namespace kontwin {

namespace {

std::string decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size()) {
      const auto [rest, error] =
          std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16);
      if (error == std::errc{} && rest == text.data() + i + 3) {
        decoded += static_cast<char>(value);
        i += 2;
        continue;
      }
    }
    decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
  }
  return decoded;
}

}  // namespace

HttpTarget parse_target(std::string_view target) {
  HttpTarget result;
  const std::size_t question = target.find('?');
  result.path = decode(target.substr(0, question), false);
  if (question == std::string_view::npos) return result;
  std::string_view rest = target.substr(question + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const std::size_t equals = pair.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    if (!pair.empty()) result.query[decode(pair.substr(0, equals), true)] = decode(value, true);
  }
  return result;
}

}  // namespace kontwin
