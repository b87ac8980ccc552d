#include "scenarios/traffic/network/network.hpp"

#include <algorithm>

#include "scenarios/traffic/network/network_builder.hpp"

namespace kontwin::traffic {

std::shared_ptr<const Network> Network::seal(NetworkParts parts, std::vector<Repair>* repairs) {
  std::vector<Repair> unread;
  return NetworkBuilder(std::move(parts), repairs != nullptr ? *repairs : unread).build();
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
