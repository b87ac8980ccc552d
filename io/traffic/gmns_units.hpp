#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "io/import/csv_reader.hpp"
#include "io/traffic/gmns.hpp"

namespace kontwin::traffic {

/// What config.csv says of a data set. Private to this folder.
struct GmnsUnits {
  std::string name, crs;
  double long_length_m = 1, short_length_m = 1, speed_mps = 1 / 3.6;
};
GmnsUnits read_gmns_units(const std::filesystem::path& folder, const GmnsOptions& options,
                          std::vector<Repair>& repairs);

/// The kinds of vehicles that GMNS's uses let in.
class GmnsUses {
 public:
  GmnsUses(const std::filesystem::path& folder, std::vector<Repair>& repairs);

  /// Of a list with commas (or semicolons) between them; empty: everybody.
  VehicleKinds kinds_of(const std::string& list);

 private:
  VehicleKinds kinds_of_use(const std::string& use, int depth);

  std::map<std::string, std::string> groups_;
  std::set<std::string> not_known_;
  std::vector<Repair>& repairs_;
};

/// What a node's `opt_control` says, by JunctionControl: a field of ours, for GMNS's own types of
/// control are fewer. Links have an `opt_priority`.
inline constexpr std::array<std::string_view, 6> gmns_control_names{
    "unregulated", "priority", "right_first", "all_stop", "roundabout", "signal"};

/// A field as a whole number; `otherwise` where it is empty or not there. Throws FileError where it
/// is none, or one of more than four digits.
int whole_number(const CsvTable& table, std::size_t row, std::string_view column, int otherwise);

/// The parts of a list without the blanks around them, in capitals.
std::vector<std::string> parts_of(std::string_view list);

/// How important a link is among those that meet at a junction, by its facility type.
int priority_of_facility(const std::string& type);
bool is_footway(const std::string& facility);

}  // namespace kontwin::traffic
