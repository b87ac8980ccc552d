#include "io/traffic/tntp_text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "twin/error.hpp"

namespace kontwin {

namespace {

constexpr std::string_view blanks = " \t\r\n\v\f";

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

std::optional<double> parsed(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || rest != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

}  // namespace

TntpText::TntpText(const std::filesystem::path& path)
    : path_(path.string()), file_(path, std::ios::binary) {
  if (!file_ || std::filesystem::is_directory(path)) throw FileError(path_, "cannot be opened");
}

bool TntpText::next() {
  while (std::getline(file_, text_)) {
    ++line_number_;
    std::string_view view = text_;
    if (line_number_ == 1 && view.starts_with("\xEF\xBB\xBF")) view.remove_prefix(3);
    view_ = trimmed(view.substr(0, view.find('~')));
    if (!view_.empty()) return true;
  }
  if (file_.bad()) fail("cannot be read further");
  view_ = {};
  return false;
}

std::vector<std::string_view> TntpText::fields() const {
  constexpr std::string_view apart = " \t\r\n\v\f;,:";
  std::vector<std::string_view> result;
  for (auto at = view_.find_first_not_of(apart); at != std::string_view::npos;) {
    const auto end = std::min(view_.find_first_of(apart, at), view_.size());
    result.push_back(view_.substr(at, end - at));
    at = view_.find_first_not_of(apart, end);
  }
  return result;
}

void TntpText::read_metadata() {
  while (next()) {
    if (!view_.starts_with('<')) {
      at_line_ = true;
      return;
    }
    const auto close = view_.find('>');
    if (close == std::string_view::npos) fail("'<' without '>' in the metadata");
    const std::string key = upper(trimmed(view_.substr(1, close - 1)));
    if (key == "END OF METADATA") return;
    metadata_[key] = {std::string(trimmed(view_.substr(close + 1))), line_number_};
  }
}

std::optional<double> TntpText::number(const std::string& key) const {
  const auto found = metadata_.find(key);
  if (found == metadata_.end() || found->second.value.empty()) return std::nullopt;
  const auto value = parsed(found->second.value);
  if (!value) {
    throw FileError(path_, found->second.line,
                    "<" + key + "> '" + found->second.value + "' is not a number");
  }
  return value;
}

std::optional<std::size_t> TntpText::count(const std::string& key) const {
  const auto value = number(key);
  if (!value) return std::nullopt;
  constexpr double most = 1e7;  // more would be a slip, and cost memory before it shows
  if (*value < 0 || *value > most || *value != std::floor(*value)) {
    throw FileError(
        path_, metadata_.at(key).line,
        "<" + key + "> '" + metadata_.at(key).value + "' is not a whole number up to 10000000");
  }
  return static_cast<std::size_t>(*value);
}

std::size_t TntpText::required_count(const std::string& key) const {
  const auto value = count(key);
  if (!value) throw FileError(path_, "the metadata have no <" + key + ">");
  return *value;
}

double TntpText::number(std::string_view field, std::string_view what) const {
  const auto value = parsed(field);
  if (!value) fail("'" + std::string(field) + "' is no " + std::string(what));
  return *value;
}

std::uint32_t TntpText::row(std::string_view field, std::string_view what, std::size_t most) const {
  std::uint32_t value = 0;
  const auto [rest, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc{} || rest != field.data() + field.size() || value == 0 || value > most) {
    fail("'" + std::string(field) + "' is no " + std::string(what) + " from 1 to " +
         std::to_string(most));
  }
  return value - 1;
}

void TntpText::fail(const std::string& reason) const {
  throw FileError(path_, line_number_, reason);
}

}  // namespace kontwin
