#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "scenarios/traffic/network/network_parts.hpp"

namespace kontwin::traffic {

/// What a net.xml says, as it says it. Private to this folder: see sumo_network.hpp.
struct SumoNetFile {
  struct Lane {
    VehicleKinds kinds = 0;
    double speed_mps = 0, length_m = 0, width_m = 0;
    std::vector<LocalPoint> shape;
  };
  struct Edge {
    std::string id, name, from, to;
    int priority = -1;
    std::vector<LocalPoint> shape;
    std::vector<Lane> lanes;  ///< by index, the outermost first
    long line = 0;
  };
  struct Connection {
    std::uint32_t from = 0, to = 0;  ///< edges
    std::uint32_t from_lane = 0, to_lane = 0;
    VehicleKinds kinds = all_vehicles;
    std::string via, signal;
    std::uint32_t signal_index = 0;
    long line = 0;
  };
  struct Request {
    std::uint32_t index = 0;
    std::string response;  ///< bit of the other link, the last character being link 0
  };
  struct Junction {
    std::string id, type, in_lanes;
    LocalPoint place;
    std::vector<Request> requests;
    long line = 0;
  };
  struct Phase {
    std::string state;
    double duration_s = 0, least_s = 0, most_s = 0;
    bool jumps = false;  ///< names another phase than the next one
    long line = 0;
  };
  struct Program {
    std::string id, program, type;
    double offset_s = 0;
    std::vector<Phase> phases;
  };
  /// A lane inside a junction.
  struct Inner {
    double length_m = 0;
    VehicleKinds kinds = all_vehicles;
    std::string next;  ///< the inner lane that follows it behind a waiting place
  };

  std::string path;
  bool left_hand = false;
  GeoReference reference;
  std::vector<Edge> edges;  ///< normal ones and connectors
  std::unordered_map<std::string, std::uint32_t> edge_by_id;
  std::unordered_map<std::string, Inner> inner;  ///< by id of the lane
  std::vector<Connection> connections;           ///< between normal edges, in the file's order
  std::vector<Junction> junctions;               ///< without inner ones
  std::vector<Program> programs;
  std::vector<std::string> roundabout_junctions;
};

SumoNetFile read_sumo_net_file(const std::filesystem::path& path);

}  // namespace kontwin::traffic
