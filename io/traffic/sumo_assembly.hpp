#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/traffic/sumo_net_file.hpp"
#include "io/traffic/sumo_network.hpp"

namespace kontwin::traffic {

/// Makes the parts of a network of what a net.xml says. Private to this folder: see
/// sumo_network.hpp.
class SumoAssembly {
 public:
  SumoAssembly(const SumoNetFile& net, const SumoNetworkOptions& options,
               std::vector<Repair>& repairs);
  NetworkParts make();

 private:
  void add_junctions();
  void add_links();
  void add_link(std::uint32_t edge);
  void join_connections();
  VehicleKinds kinds_of(const SumoNetFile::Connection& connection) const;
  void lengthen_links();
  void list_by_lane();
  void add_right_of_way();
  std::vector<std::uint32_t> links_of(const SumoNetFile::Junction& junction) const;
  void add_signals();
  void add_signal(const SumoNetFile::Program& program,
                  const std::vector<std::uint32_t>& connections);
  void note(const char* rule, std::string place, std::string done);
  std::string turn_name(std::uint32_t turn) const;

  const SumoNetFile& net_;
  const SumoNetworkOptions& options_;
  std::vector<Repair>& repairs_;
  NetworkParts parts_;
  std::unordered_map<std::string_view, std::uint32_t> junction_by_id_;
  std::vector<std::uint32_t> link_of_edge_;  // or no_row: nobody of ours drives there
  std::vector<std::vector<int>>
      lane_of_lane_;  // [edge][lane] its lane of the link, or -1: of nobody
  std::vector<std::uint32_t> turn_of_connection_;  // or no_row
  std::vector<std::uint32_t> lane_begin_;          // [edge] its first lane, all lanes in a row
  // Connections by the lane they leave, in the file's order.
  std::vector<std::uint32_t> connection_begin_, connections_by_lane_;
};

}  // namespace kontwin::traffic
