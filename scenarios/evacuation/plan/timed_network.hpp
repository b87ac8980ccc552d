#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace kontwin::evacuation {

/// A moment that never comes, s.
inline constexpr double never_s = std::numeric_limits<double>::infinity();

/// Arcs that take seconds and carry so much a second: roads, as a planner sees them.
struct TimedNetwork {
  std::uint32_t nodes = 0;
  std::vector<std::uint32_t> from, to;  ///< [arc]
  std::vector<double> travel_s;         ///< [arc] 0 or more
  std::vector<double> capacity_ps;      ///< [arc] units a second; 0: closed
  std::vector<double> last_entry_s;     ///< [arc] nobody may enter after; never_s: it stays open

  std::size_t arcs() const { return from.size(); }
  std::uint32_t add(std::uint32_t tail, std::uint32_t head, double seconds, double units_ps,
                    double closes_s = never_s) {
    from.push_back(tail);
    to.push_back(head);
    travel_s.push_back(seconds);
    capacity_ps.push_back(units_ps);
    last_entry_s.push_back(closes_s);
    return static_cast<std::uint32_t>(from.size() - 1);
  }
};

/// The arcs at each node, by rising arc.
class Incidence {
 public:
  enum class Side : std::uint8_t { out, in };
  Incidence(const TimedNetwork& network, Side side);
  std::span<const std::uint32_t> operator[](std::uint32_t node) const {
    return std::span(arcs_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }

 private:
  std::vector<std::uint32_t> begin_, arcs_;
};

/// Seconds from every node to the nearest of `goals` when nobody is in the way and nothing closes;
/// never_s where there is no way. [node]
std::vector<double> free_times_to(const TimedNetwork& network, const Incidence& in,
                                  std::span<const std::uint32_t> goals);

/// The last moments at which one can leave each node and still get to a goal over arcs that close,
/// when nobody is in the way: never_s where one always can, below 0 where one no longer can at the
/// start, minus never_s where there is no way at all.
struct LastDepartures {
  std::vector<double> at_s;        ///< [node]
  std::vector<std::uint32_t> arc;  ///< [node] the first arc of that way; 0xFFFFFFFF: none
};
LastDepartures last_departures(const TimedNetwork& network, const Incidence& in,
                               std::span<const std::uint32_t> goals);

}  // namespace kontwin::evacuation
