#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kontwin::traffic {

class XmlReader;

/// An element of a file that is being read. Texts are views that live until the call that got the
/// element returns.
class XmlElement {
 public:
  XmlElement(const XmlReader& reader, const char* name, const char** attributes)
      : reader_(reader), name_(name), attributes_(attributes) {}

  std::string_view name() const { return name_; }
  bool is(std::string_view name) const { return name_ == name; }
  bool has(std::string_view attribute) const { return find(attribute) != nullptr; }
  /// An attribute's text; empty where it is not there.
  std::string_view text(std::string_view attribute) const;
  /// An attribute as a number; nothing where it is not there or empty. Throws FileError when it is
  /// no finite number.
  std::optional<double> number(std::string_view attribute) const;
  std::optional<std::int64_t> integer(std::string_view attribute) const;
  // The same, throwing FileError where the attribute is not there.
  std::string_view required_text(std::string_view attribute) const;
  double required_number(std::string_view attribute) const;
  std::int64_t required_integer(std::string_view attribute) const;

  /// The line of the file it starts on.
  long line() const;
  /// Throws FileError with file and line.
  [[noreturn]] void fail(const std::string& reason) const;

 private:
  const char* find(std::string_view attribute) const;

  const XmlReader& reader_;
  std::string_view name_;
  const char** attributes_;  // name, value, name, value, ..., null
};

/// Takes the elements of a file one after the other.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(const XmlElement& element) = 0;
  virtual void end(std::string_view name) = 0;
};

/// Hands the elements of an XML file, plain or compressed with gzip, to `handler` in their order,
/// with a few hundred kilobytes of memory whatever the size of the file. What the handler throws
/// passes through. Throws FileError with the line where the file is no XML or is cut short.
void read_xml(const std::filesystem::path& path, XmlHandler& handler);

/// A number as texts of other programs have it: blanks around it and a plus sign are fine. Nothing
/// where it is no finite number.
std::optional<double> to_number(std::string_view text);

/// Takes the next word (a stretch without blanks) off the front of `text`; empty at its end.
std::string_view take_word(std::string_view& text);

}  // namespace kontwin::traffic
