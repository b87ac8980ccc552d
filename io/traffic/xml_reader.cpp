#include "io/traffic/xml_reader.hpp"

#include <expat.h>
#include <zlib.h>

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <exception>
#include <memory>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

constexpr int block_bytes = 1 << 18;

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

/// The parser of one file, and what its handler threw: exceptions must not pass through expat.
class XmlReader {
 public:
  XmlReader(const std::filesystem::path& path, XmlHandler& handler)
      : path_(path.string()), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
    if (!parser_) throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
  }

  void read() {
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path_.c_str(), "rb"), gzclose);
    if (!file) throw FileError(path_, std::string("cannot be opened: ") + std::strerror(errno));
    gzbuffer(file.get(), block_bytes);
    for (bool last = false; !last;) {
      void* const block = XML_GetBuffer(parser_.get(), block_bytes);
      if (block == nullptr) throw std::bad_alloc();
      const int read = gzread(file.get(), block, block_bytes);
      if (read < 0) {
        int error = 0;
        throw FileError(path_, std::string("cannot be read: ") + gzerror(file.get(), &error));
      }
      last = read == 0;
      const XML_Status status = XML_ParseBuffer(parser_.get(), read, last ? 1 : 0);
      if (thrown_) std::rethrow_exception(thrown_);
      if (status == XML_STATUS_ERROR) {
        throw FileError(path_, line(), XML_ErrorString(XML_GetErrorCode(parser_.get())));
      }
    }
  }

  const std::string& path() const { return path_; }
  long line() const { return static_cast<long>(XML_GetCurrentLineNumber(parser_.get())); }

 private:
  static void on_start(void* self, const char* name, const char** attributes) {
    auto& reader = *static_cast<XmlReader*>(self);
    reader.guard([&] { reader.handler_.start(XmlElement(reader, name, attributes)); });
  }
  static void on_end(void* self, const char* name) {
    auto& reader = *static_cast<XmlReader*>(self);
    reader.guard([&] { reader.handler_.end(name); });
  }
  template <typename Call>
  void guard(Call call) {
    if (thrown_) return;
    try {
      call();
    } catch (...) {
      thrown_ = std::current_exception();
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }

  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  std::string path_;
  XmlHandler& handler_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::exception_ptr thrown_;
};

const char* XmlElement::find(std::string_view attribute) const {
  for (const char** at = attributes_; *at != nullptr; at += 2) {
    if (attribute == *at) return at[1];
  }
  return nullptr;
}

std::string_view XmlElement::text(std::string_view attribute) const {
  const char* const found = find(attribute);
  return found == nullptr ? std::string_view() : std::string_view(found);
}

std::optional<double> XmlElement::number(std::string_view attribute) const {
  const std::string_view value = text(attribute);
  if (value.empty()) return std::nullopt;
  const auto number = to_number(value);
  if (!number) {
    fail("'" + std::string(value) + "' in '" + std::string(attribute) + "' of <" +
         std::string(name_) + "> is not a number");
  }
  return number;
}

std::optional<std::int64_t> XmlElement::integer(std::string_view attribute) const {
  const auto value = number(attribute);
  if (!value) return std::nullopt;
  if (*value != std::floor(*value) || std::abs(*value) > 1e15) {
    fail("'" + std::string(text(attribute)) + "' in '" + std::string(attribute) + "' of <" +
         std::string(name_) + "> is not a whole number");
  }
  return static_cast<std::int64_t>(*value);
}

std::string_view XmlElement::required_text(std::string_view attribute) const {
  const char* const found = find(attribute);
  if (found == nullptr) {
    fail("<" + std::string(name_) + "> has no '" + std::string(attribute) + "'");
  }
  return found;
}

double XmlElement::required_number(std::string_view attribute) const {
  required_text(attribute);
  const auto value = number(attribute);
  if (!value) fail("'" + std::string(attribute) + "' of <" + std::string(name_) + "> is empty");
  return *value;
}

std::int64_t XmlElement::required_integer(std::string_view attribute) const {
  required_number(attribute);
  return *integer(attribute);
}

long XmlElement::line() const { return reader_.line(); }

void XmlElement::fail(const std::string& reason) const {
  throw FileError(reader_.path(), line(), reason);
}

void read_xml(const std::filesystem::path& path, XmlHandler& handler) {
  XmlReader(path, handler).read();
}

std::optional<double> to_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || rest != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string_view take_word(std::string_view& text) {
  std::size_t begin = 0;
  while (begin < text.size() && blank(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && !blank(text[end])) ++end;
  const std::string_view word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

}  // namespace kontwin::traffic
