#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "scenarios/traffic/network/network_columns.hpp"

namespace kontwin::traffic {

/// A road network as traffic sees it: immutable, shared by all simulations on it, in columns. Links
/// are in the order of the parts, lanes of a link side by side from the outermost inwards, turns by
/// link they leave, then by link they enter.
///
/// Each lane has a triangular fundamental diagram (Newell 1993): free speed, capacity and jam
/// density; the speed of its jam waves follows.
class Network : public NetworkColumns {
 public:
  /// Makes a network of its parts. What is odd is repaired by stated rules, each repair listed in
  /// `repairs`:
  ///
  /// - `zero length`: a length that is not above 0 becomes that of the shape, at least 1 m.
  /// - `no speed`: 30 km/h. `no capacity`: what the speed gives. `no lanes`: one.
  /// - `out of range`: a length above 1,000 km, a free speed under 0.1 or above 300 m/s, a capacity
  ///   under 1 or above 1,000,000 cars an hour and lane, a lane under 0.5 or above 20 m wide are
  ///   held there: numbers that are slips, and would run over in counting.
  /// - `no one allowed`: a link that lets in nobody is kept, closed to all.
  /// - `turn of other links`: a turn whose links do not meet is dropped, as is a turn named twice.
  /// - `dead end`: a link with no turn at a junction that others leave gets the turn back if there
  ///   is a link back, else all turns there are.
  /// - `lanes of a turn`: lanes that the link does not have are dropped; lanes with no turn are
  ///   given those of the lane beside; a turn that a kind may drive, but from none of its lanes,
  ///   is made by that kind from the nearest lane it may use.
  /// - `two signals`: a turn of two signals is ruled by the first.
  /// - `no green`: a turn that no stage lets go passes by giving way to all that conflict.
  /// - `no cycle`: a signal without stages of any length, or without turns, is taken away.
  ///
  /// Throws WorldError for what cannot be mended: an id used twice, a junction or link row that is
  /// not there, no links at all.
  static std::shared_ptr<const Network> seal(NetworkParts parts,
                                             std::vector<Repair>* repairs = nullptr);

  /// Makes a network of the columns of another one, as a file kept them. Throws WorldError where
  /// they do not fit together: lengths that differ, rows that are not there.
  static std::shared_ptr<const Network> restore(NetworkColumns columns);

  std::size_t junctions() const { return junction_id.size(); }
  std::size_t links() const { return from.size(); }
  std::size_t lanes() const { return lane_link.size(); }
  std::size_t turns() const { return turn_from.size(); }

  std::span<const std::uint32_t> out_links(std::uint32_t junction) const;
  std::span<const std::uint32_t> in_links(std::uint32_t junction) const;
  /// The turn from one link into another; no_row where there is none.
  std::uint32_t find_turn(std::uint32_t from_link, std::uint32_t to_link) const;
  /// Turns that go before this one where it gives way.
  std::span<const std::uint32_t> gives_way_to(std::uint32_t turn) const {
    return std::span(give_way).subspan(give_way_begin[turn],
                                       give_way_begin[turn + 1] - give_way_begin[turn]);
  }
  std::optional<std::uint32_t> find_link(std::string_view id) const;
  std::optional<std::uint32_t> find_junction(std::string_view id) const;
  std::optional<std::uint32_t> find_signal(std::string_view id) const;

  std::span<const LocalPoint> shape_of(std::uint32_t link) const {
    return std::span(shape).subspan(shape_begin[link], shape_begin[link + 1] - shape_begin[link]);
  }
  std::uint32_t lanes_of(std::uint32_t link) const {
    return lane_begin[link + 1] - lane_begin[link];
  }

 private:
  friend class NetworkBuilder;
  Network() = default;
  explicit Network(NetworkColumns columns) : NetworkColumns(std::move(columns)) {}
  void index_links();
  void index_names();

  std::vector<std::uint32_t> out_begin_, out_, in_begin_, in_;
  std::unordered_map<std::string_view, std::uint32_t> link_by_id_, junction_by_id_;
};

}  // namespace kontwin::traffic
