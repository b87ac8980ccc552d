#include "io/traffic/xml_writer.hpp"

#include <array>
#include <charconv>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

constexpr std::size_t block_bytes = 1 << 20;

void append_escaped(std::string& text, std::string_view value) {
  for (const char c : value) {
    switch (c) {
      case '&':
        text += "&amp;";
        break;
      case '<':
        text += "&lt;";
        break;
      case '>':
        text += "&gt;";
        break;
      case '"':
        text += "&quot;";
        break;
      case '\n':
        text += "&#10;";
        break;
      default:
        text += c;
    }
  }
}

}  // namespace

std::string to_text(double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

XmlWriter::XmlWriter(const std::filesystem::path& path)
    : path_(path.string()), file_(path, std::ios::binary) {
  if (!file_) throw FileError(path_, "cannot be written");
  text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
}

XmlWriter& XmlWriter::open(std::string_view name) {
  end_tag();
  text_.append(2 * names_.size(), ' ');
  (text_ += '<') += name;
  names_.emplace_back(name);
  in_tag_ = true;
  return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
  ((text_ += ' ') += name) += "=\"";
  append_escaped(text_, value);
  text_ += '"';
  return *this;
}

XmlWriter& XmlWriter::number(std::string_view name, double value) {
  return attribute(name, std::string_view(to_text(value)));
}

void XmlWriter::end_tag() {
  if (in_tag_) text_ += ">\n";
  in_tag_ = false;
}

XmlWriter& XmlWriter::close() {
  const std::string name = std::move(names_.back());
  names_.pop_back();
  if (in_tag_) {
    text_ += "/>\n";
    in_tag_ = false;
  } else {
    text_.append(2 * names_.size(), ' ');
    ((text_ += "</") += name) += ">\n";
  }
  if (text_.size() > block_bytes) flush();
  return *this;
}

void XmlWriter::flush() {
  file_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
  text_.clear();
}

void XmlWriter::finish() {
  flush();
  file_.close();
  if (!file_) throw FileError(path_, "cannot be written to its end");
}

}  // namespace kontwin::traffic
