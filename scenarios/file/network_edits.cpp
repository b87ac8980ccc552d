#include "scenarios/file/network_edits.hpp"

#include <algorithm>
#include <utility>

#include "scenarios/file/edit_conflicts.hpp"
#include "scenarios/file/edit_reader.hpp"
#include "scenarios/traffic/network/network_edit.hpp"
#include "twin/error.hpp"

namespace kontwin {

namespace {

traffic::AddedRoad read_road(TomlReader table, const traffic::Network& network) {
  const NetworkPlaces places(network);
  traffic::AddedRoad road;
  traffic::LinkPart& link = road.link;
  link.id = table.required_text("id");
  link.name = table.text("name").value_or("");
  link.from = places.junction(table, "from");
  link.to = places.junction(table, "to");
  if (link.from == link.to) table.fail("to", "is the same junction as 'from'");
  link.free_speed_mps = table.required_number("speed_kmh", 1, 200) / 3.6;
  link.lanes = static_cast<int>(table.whole("lanes", 1, 16).value_or(1));
  if (const auto length = table.number("length_m", 1, 1e6)) link.length_m = *length;
  if (const auto capacity = table.number("capacity_vph", 1, 1e5)) {
    link.lane_capacity_pcph = *capacity / link.lanes;
  }
  road.oneway = table.flag("oneway").value_or(false);
  // Unless it is said, it gives way to all that meets it.
  int lowest = std::numeric_limits<int>::max();
  for (const std::uint32_t junction : {link.from, link.to}) {
    for (const auto links : {network.in_links(junction), network.out_links(junction)}) {
      for (const std::uint32_t other : links) lowest = std::min(lowest, network.priority[other]);
    }
  }
  if (lowest == std::numeric_limits<int>::max()) lowest = 0;
  link.priority = static_cast<int>(table.whole("priority", -1000, 1000).value_or(lowest));
  table.finish();
  return road;
}

}  // namespace

NetworkEdits read_network_edits(const std::filesystem::path& path,
                                std::shared_ptr<const traffic::Network> network) {
  TomlReader root = TomlReader::read(path);
  NetworkEdits made;
  made.network = std::move(network);
  std::vector<traffic::AddedRoad> roads;
  for (TomlReader& table : root.tables("add_road")) {
    roads.push_back(read_road(table, *made.network));
  }
  if (!roads.empty()) {
    try {
      made.network = traffic::with_roads(*made.network, roads, &made.repairs);
    } catch (const WorldError& error) {
      root.fail("add_road", error.what());
    }
  }
  const NetworkPlaces places(*made.network);
  std::vector<PlacedEdit> edits;
  for (TomlReader& table : root.tables("edit")) {
    for (PlacedEdit& edit : read_edit(table, places)) {
      if (!std::holds_alternative<Duration>(edit.at)) {
        table.fail("at", "a network has no calendar: say how long after the start, as \"30min\"");
      }
      edits.push_back(std::move(edit));
    }
  }
  root.finish();
  check_conflicts(path, edits, places, std::nullopt);
  for (PlacedEdit& edit : edits) {
    const double at_s = to_seconds(std::get<Duration>(edit.at));
    made.edits.push_back({traffic::to_micros(at_s), std::move(edit.edit)});
  }
  std::ranges::stable_sort(made.edits, {}, &traffic::MomentEdit::at);
  return made;
}

}  // namespace kontwin
