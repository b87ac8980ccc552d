#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "io/traffic/gmns_units.hpp"
#include "twin/local_frame.hpp"

namespace kontwin::traffic {

/// Makes the parts of a network of the tables of a folder. Private to this folder: see gmns.hpp.
class GmnsReader {
 public:
  GmnsReader(std::filesystem::path folder, const GmnsOptions& options,
             std::vector<Repair>& repairs);
  NetworkParts read();

 private:
  /// The lanes of a link as lane.csv numbers them, from left to right.
  struct Lane {
    int number = 0;
    VehicleKinds kinds = all_vehicles;
    double width_m = 0;
  };

  bool there(const char* table) const;
  CsvTable table(const char* name, const std::vector<std::string>& columns) const;
  void read_nodes();
  void choose_frame(const CsvTable& nodes);
  LocalPoint place(double x, double y) const;
  void read_geometries();
  void read_lanes();
  void read_links();
  void add_link(const CsvTable& links, std::size_t row);
  void count_lanes(LinkPart& link, const std::vector<Lane>& lanes);
  std::vector<LocalPoint> line_of(const CsvTable& table, std::size_t row,
                                  const std::string& text) const;
  void read_movements();
  std::uint32_t lane_bits(const CsvTable& movements, std::size_t row, std::uint32_t link);
  void read_signals();
  void note(const char* rule, std::string place, std::string done);

  std::filesystem::path folder_;
  const GmnsOptions& options_;
  std::vector<Repair>& repairs_;
  GmnsUnits units_;
  GmnsUses uses_;
  NetworkParts parts_;
  std::optional<LocalFrame> frame_;  ///< of places in degrees
  std::unordered_map<std::string, std::uint32_t> node_by_id_, link_by_id_, turn_by_movement_;
  std::unordered_map<std::string, std::string> geometry_by_id_;
  std::unordered_map<std::string, std::vector<Lane>> lanes_of_link_;
  std::vector<std::map<int, std::uint32_t>> lane_by_number_;  // [link]
};

}  // namespace kontwin::traffic
