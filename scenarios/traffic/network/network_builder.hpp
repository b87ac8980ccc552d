#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scenarios/traffic/network/network.hpp"

namespace kontwin::traffic {

/// What the numbers of a link may be; see Network::seal, `out of range`.
struct Range {
  double least, most;
};
inline constexpr Range link_lengths_m{1e-9, 1e6}, link_speeds_mps{0.1, 300},
    link_capacities_pcph{1, 1e6}, lane_widths_m{0.5, 20};

/// Makes a network of parts, step by step; see Network::seal. Private to this folder.
class NetworkBuilder {
 public:
  NetworkBuilder(NetworkParts parts, std::vector<Repair>& repairs);
  std::shared_ptr<const Network> build();

 private:
  void check_rows() const;
  void add_junctions();
  void mend_links();
  void hold(const LinkPart& link, double& value, const Range& range, const char* unit);
  void add_links();
  void collect_turns();
  void complete_turns();
  void choose_lanes();
  void complete_lanes();
  void add_turns();
  void add_signals();
  void add_right_of_way();
  void add_greens();
  void note(const char* rule, std::string place, std::string done);
  std::string turn_name(const TurnPart& turn) const;
  double angle_of(const TurnPart& turn) const;
  bool is_known(std::uint32_t turn) const;

  NetworkParts parts_;
  std::vector<Repair>& repairs_;
  std::shared_ptr<Network> network_;
  std::vector<std::uint32_t> place_of_part_;  // [turn part] its turn, or no_row where it is dropped
  std::vector<std::uint32_t> part_of_turn_;   // [turn]
  std::vector<std::uint8_t> never_green_;     // [turn] 1: its signal never lets it go
};

/// The way a link arrives at its end or leaves its start, radians, 0 to the east, rising leftwards.
double heading_at_end(const Network& network, std::uint32_t link);
double heading_at_start(const Network& network, std::uint32_t link);
/// An angle between -pi and pi.
double turned(double from_rad, double to_rad);

/// Pairs of turns of one junction whose ways over it cross or merge, each way round; not those of
/// one link.
void find_conflicts(const Network& network, std::span<const std::uint32_t> turns,
                    std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs);

/// Whether turn `mine` waits for turn `theirs`, which conflicts with it, by the control of their
/// junction, the priorities of their links and the angles at which they meet: after the rules of
/// the road of the Vienna Convention (1968), articles 18 and 16.
bool gives_way(const Network& network, JunctionControl control, std::uint32_t mine,
               std::uint32_t theirs);

}  // namespace kontwin::traffic
