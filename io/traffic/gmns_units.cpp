#include "io/traffic/gmns_units.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

namespace kontwin::traffic {

namespace {

using enum VehicleKind;
using Word = std::pair<std::string_view, double>;

constexpr std::array<Word, 15> lengths{{{"M", 1},
                                        {"METER", 1},
                                        {"METERS", 1},
                                        {"METRE", 1},
                                        {"METRES", 1},
                                        {"KM", 1000},
                                        {"KILOMETER", 1000},
                                        {"KILOMETERS", 1000},
                                        {"MI", 1609.344},
                                        {"MILE", 1609.344},
                                        {"MILES", 1609.344},
                                        {"FT", 0.3048},
                                        {"FOOT", 0.3048},
                                        {"FEET", 0.3048},
                                        {"YD", 0.9144}}};
constexpr std::array<Word, 9> speeds{{{"KM/H", 1 / 3.6},
                                      {"KMH", 1 / 3.6},
                                      {"KPH", 1 / 3.6},
                                      {"KMPH", 1 / 3.6},
                                      {"M/S", 1},
                                      {"MPS", 1},
                                      {"MPH", 0.44704},
                                      {"MI/H", 0.44704},
                                      {"MILES/HOUR", 0.44704}}};

// GMNS leaves the names of uses to each data set; these are those of its examples and of the tools
// around it. What lets in automobiles lets in motorbikes and ambulances.
constexpr VehicleKinds autos = bit_of(car) | bit_of(motorbike) | bit_of(ambulance);
constexpr std::array<std::pair<std::string_view, VehicleKinds>, 27> uses{{
    {"ALL", all_vehicles},
    {"AUTO", autos},
    {"AUTOS", autos},
    {"CAR", bit_of(car)},
    {"PASSENGER", bit_of(car)},
    {"DRIVE", autos},
    {"SOV", autos},
    {"TAXI", 0},
    {"HOV", 0},
    {"HOV2", 0},
    {"HOV3", 0},
    {"MOTORCYCLE", bit_of(motorbike)},
    {"MOTORBIKE", bit_of(motorbike)},
    {"BUS", bit_of(bus)},
    {"TRANSIT", bit_of(bus)},
    {"TRUCK", bit_of(lorry)},
    {"LORRY", bit_of(lorry)},
    {"FREIGHT", bit_of(lorry)},
    {"BIKE", bit_of(bicycle)},
    {"BICYCLE", bit_of(bicycle)},
    {"EMERGENCY", bit_of(ambulance)},
    {"AMBULANCE", bit_of(ambulance)},
    {"WALK", 0},
    {"PED", 0},
    {"PEDESTRIAN", 0},
    {"RAIL", 0},
    {"PARKING", 0},
}};

constexpr std::array<std::string_view, 7> footways{"SIDEWALK",   "CROSSWALK", "FOOTWAY", "WALKWAY",
                                                   "PEDESTRIAN", "STEPS",     "WALK"};

std::string in_capitals(std::string_view text) {
  std::string capitals(text);
  std::ranges::transform(capitals, capitals.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return capitals;
}

template <std::size_t Count>
double unit(const std::array<Word, Count>& words, const std::string& said,
            const std::string& otherwise, const char* column, std::vector<Repair>& repairs) {
  const auto find = [&words](const std::string& name) {
    return std::ranges::find(words, in_capitals(name), &Word::first);
  };
  if (const auto found = find(said); found != words.end()) return found->second;
  if (!said.empty()) {
    repairs.push_back({"no units", std::string("config ") + column,
                       "'" + said + "' is not known: taken as " + otherwise});
  }
  const auto found = find(otherwise);
  return found == words.end() ? 1 : found->second;
}

}  // namespace

int whole_number(const CsvTable& table, std::size_t row, std::string_view column, int otherwise) {
  const auto number = table.number(row, column);
  if (!number) return otherwise;
  constexpr double most = 9999;
  if (!(std::abs(*number) <= most) || *number != std::floor(*number)) {
    table.fail(row, "'" + table.text(row, column) + "' in column '" + std::string(column) +
                        "' is no small whole number");
  }
  return static_cast<int>(*number);
}

std::vector<std::string> parts_of(std::string_view list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',' || c == ';') {
      parts.emplace_back();
    } else if (c != ' ' && c != '\t') {
      parts.back() += c;
    }
  }
  std::erase(parts, "");
  for (std::string& part : parts) part = in_capitals(part);
  return parts;
}

GmnsUnits read_gmns_units(const std::filesystem::path& folder, const GmnsOptions& options,
                          std::vector<Repair>& repairs) {
  GmnsUnits units;
  const auto file = folder / "config.csv";
  std::string long_length;
  std::string short_length;
  std::string speed;
  if (std::filesystem::exists(file)) {
    const CsvTable config = CsvTable::read(file);
    if (config.rows() > 0) {
      units.name = config.text(0, "dataset_name");
      units.crs = config.text(0, "crs");
      long_length = config.text(0, "long_length");
      short_length = config.text(0, "short_length");
      speed = config.text(0, "speed");
    }
  } else {
    repairs.push_back({"no units", "config.csv",
                       "is not there: " + options.long_length + ", " + options.short_length + ", " +
                           options.speed});
  }
  units.long_length_m = unit(lengths, long_length, options.long_length, "long_length", repairs);
  units.short_length_m = unit(lengths, short_length, options.short_length, "short_length", repairs);
  units.speed_mps = unit(speeds, speed, options.speed, "speed", repairs);
  return units;
}

GmnsUses::GmnsUses(const std::filesystem::path& folder, std::vector<Repair>& repairs)
    : repairs_(repairs) {
  const auto file = folder / "use_group.csv";
  if (!std::filesystem::exists(file)) return;
  const CsvTable table = CsvTable::read(file, {"use_group", "uses"});
  for (std::size_t row = 0; row < table.rows(); ++row) {
    groups_[in_capitals(table.text(row, "use_group"))] = table.text(row, "uses");
  }
}

VehicleKinds GmnsUses::kinds_of_use(const std::string& use, int depth) {
  const auto group = groups_.find(use);
  constexpr int deepest = 4;  // groups of groups; one that names itself ends here
  if (group != groups_.end() && depth < deepest) {
    VehicleKinds kinds = 0;
    for (const std::string& part : parts_of(group->second)) {
      kinds |= kinds_of_use(part, depth + 1);
    }
    return kinds;
  }
  const auto* const found =
      std::ranges::find(uses, use, &std::pair<std::string_view, VehicleKinds>::first);
  if (found != uses.end()) return found->second;
  if (not_known_.insert(use).second) {
    repairs_.push_back({"use not known", "use " + use, "left out"});
  }
  return 0;
}

VehicleKinds GmnsUses::kinds_of(const std::string& list) {
  const auto parts = parts_of(list);
  if (parts.empty()) return all_vehicles;
  VehicleKinds kinds = 0;
  for (const std::string& part : parts) kinds |= kinds_of_use(part, 0);
  return kinds;
}

int priority_of_facility(const std::string& type) {
  constexpr std::array<std::pair<std::string_view, int>, 17> ranks{{
      {"FREEWAY", 14},
      {"MOTORWAY", 14},
      {"EXPRESSWAY", 13},
      {"TRUNK", 12},
      {"HIGHWAY", 12},
      {"PRIMARY", 10},
      {"ARTERIAL", 10},
      {"MAJORARTERIAL", 10},
      {"SECONDARY", 8},
      {"MINORARTERIAL", 8},
      {"TERTIARY", 6},
      {"COLLECTOR", 6},
      {"RAMP", 5},
      {"CONNECTOR", 4},
      {"RESIDENTIAL", 3},
      {"LOCAL", 3},
      {"SERVICE", 1},
  }};
  std::string name = in_capitals(type);
  std::erase_if(name, [](char c) { return c == ' ' || c == '_' || c == '-'; });
  const auto* const found =
      std::ranges::find(ranks, name, &std::pair<std::string_view, int>::first);
  return found == ranks.end() ? 2 : found->second;
}

bool is_footway(const std::string& facility) {
  return std::ranges::find(footways, in_capitals(facility)) != footways.end();
}

}  // namespace kontwin::traffic
