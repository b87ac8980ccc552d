#include "io/import/import_report.hpp"

#include <utility>

namespace kontwin {

void ImportReport::count(std::string_view what, std::size_t times) {
  const auto found = counts_.find(what);
  if (found != counts_.end()) {
    found->second += times;
  } else {
    counts_.emplace(std::string(what), times);
  }
}

void ImportReport::note(std::string_view what, std::string message) {
  count(what);
  if (messages_.size() < messages_kept) {
    messages_.push_back(std::move(message));
  } else {
    ++left_out_;
  }
}

std::size_t ImportReport::counted(std::string_view what) const {
  const auto found = counts_.find(what);
  return found == counts_.end() ? 0 : found->second;
}

}  // namespace kontwin
