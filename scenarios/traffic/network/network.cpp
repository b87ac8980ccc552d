#include "scenarios/traffic/network/network.hpp"

#include <algorithm>

#include "scenarios/traffic/network/network_builder.hpp"

namespace kontwin::traffic {

namespace {

/// Rows of `ends` by the row they name: a list for each, and where each list begins.
void list_by(const std::vector<std::uint32_t>& ends, std::size_t count,
             std::vector<std::uint32_t>& begin, std::vector<std::uint32_t>& rows) {
  begin.assign(count + 1, 0);
  for (const std::uint32_t end : ends) ++begin[end + 1];
  for (std::size_t i = 0; i < count; ++i) begin[i + 1] += begin[i];
  rows.resize(ends.size());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  for (std::uint32_t row = 0; row < ends.size(); ++row) rows[next[ends[row]]++] = row;
}

}  // namespace

std::shared_ptr<const Network> Network::seal(NetworkParts parts, std::vector<Repair>* repairs) {
  std::vector<Repair> unread;
  return NetworkBuilder(std::move(parts), repairs != nullptr ? *repairs : unread).build();
}

void Network::index_links() {
  list_by(from, junctions(), out_begin_, out_);
  list_by(to, junctions(), in_begin_, in_);
}

void Network::index_names() {
  link_by_id_.reserve(links());
  junction_by_id_.reserve(junctions());
  for (std::uint32_t link = 0; link < links(); ++link) link_by_id_.emplace(link_id[link], link);
  for (std::uint32_t row = 0; row < junctions(); ++row) {
    junction_by_id_.emplace(junction_id[row], row);
  }
}

std::span<const std::uint32_t> Network::out_links(std::uint32_t junction) const {
  return std::span(out_).subspan(out_begin_[junction],
                                 out_begin_[junction + 1] - out_begin_[junction]);
}

std::span<const std::uint32_t> Network::in_links(std::uint32_t junction) const {
  return std::span(in_).subspan(in_begin_[junction], in_begin_[junction + 1] - in_begin_[junction]);
}

std::uint32_t Network::find_turn(std::uint32_t from_link, std::uint32_t to_link) const {
  const auto first = turn_to.begin() + turn_begin[from_link];
  const auto last = turn_to.begin() + turn_begin[from_link + 1];
  const auto found = std::find(first, last, to_link);
  return found == last ? no_row : static_cast<std::uint32_t>(found - turn_to.begin());
}

std::optional<std::uint32_t> Network::find_link(std::string_view id) const {
  const auto found = link_by_id_.find(id);
  if (found == link_by_id_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::uint32_t> Network::find_junction(std::string_view id) const {
  const auto found = junction_by_id_.find(id);
  if (found == junction_by_id_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::uint32_t> Network::find_signal(std::string_view id) const {
  const auto found = std::ranges::find(signals, id, &Signal::id);
  if (found == signals.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - signals.begin());
}

}  // namespace kontwin::traffic
