#include <cmath>
#include <map>
#include <utility>

#include "io/import/osm_builders.hpp"

namespace kontwin {

namespace {

void add_place(const OsmImport& import, const OsmTags& tags, const std::string& id,
               LocalPoint place) {
  bool unnamed = false;
  auto found = read_place(tags, unnamed);
  if (unnamed) import.report.count("places without a name left out");
  if (!found) return;
  import.report.count("places");
  import.parts.add(found->kind, {.urn = make_urn(found->kind, id),
                                 .name = std::move(found->name),
                                 .place = place,
                                 .provenance = Provenance::fact,
                                 .source = import.source,
                                 .commune_code = {},
                                 .attributes = std::move(found->attributes)});
}

/// The homes in one square of the block grid.
struct Block {
  double people = 0;
  double x_people_m = 0;  // sums weighted by people, for the middle
  double y_people_m = 0;
  double footprint_m2 = 0, floor_m2 = 0;
};

}  // namespace

std::optional<OsmFootprint> footprint_of(const OsmWay& way, const OsmImport& import) {
  std::vector<LocalPoint> ring;
  for (std::size_t i = 0; i + 1 < way.nodes.size(); ++i) {
    const auto place = import.file.place_of(way.nodes[i]);
    if (!place) return std::nullopt;
    ring.push_back(import.local(way.nodes[i], *place));
  }
  OsmFootprint footprint{.middle = {}, .area_m2 = area_m2(ring)};
  for (const LocalPoint& point : ring) {
    footprint.middle.x_m += point.x_m / static_cast<double>(ring.size());
    footprint.middle.y_m += point.y_m / static_cast<double>(ring.size());
  }
  return footprint;
}

void add_osm_residences(const OsmImport& import) {
  const OsmOptions& options = import.options;
  std::map<std::pair<long, long>, Block> blocks;
  for (const OsmWay& way : import.file.ways()) {
    if (way.tags.get("building").empty() || !way.closed()) continue;
    const auto footprint = footprint_of(way, import);
    if (!footprint) {
      import.note("buildings left out", way.id, "a node of the building is missing; left out");
      continue;
    }
    double floors = 1;
    if (!is_home(way.tags, footprint->area_m2, options.largest_home_m2, floors)) {
      import.report.count("buildings nobody lives in");
      continue;
    }
    import.report.count("homes");
    const double people = footprint->area_m2 * floors / options.floor_area_per_person_m2;
    Block& block = blocks[{std::lround(std::floor(footprint->middle.x_m / options.block_m)),
                           std::lround(std::floor(footprint->middle.y_m / options.block_m))}];
    block.people += people;
    block.footprint_m2 += footprint->area_m2;
    block.floor_m2 += footprint->area_m2 * floors;
    block.x_people_m += people * footprint->middle.x_m;
    block.y_people_m += people * footprint->middle.y_m;
  }
  for (const auto& [square, block] : blocks) {
    const double people = std::round(block.people);
    if (people < 1) continue;
    const double households = std::max(1.0, std::round(people / options.people_per_household));
    const std::string id =
        "osm-" + std::to_string(square.first) + "-" + std::to_string(square.second);
    import.report.count("blocks of homes");
    import.parts.add(
        Kind::residence,
        {.urn = make_urn(Kind::residence, id),
         .name = "Khu nhà " + std::to_string(square.first) + "/" + std::to_string(square.second),
         .place = {block.x_people_m / block.people, block.y_people_m / block.people},
         .provenance = Provenance::derived,
         .source = import.source,
         .commune_code = {},
         .attributes = {
           people,
           households,
           std::nan(""),
           block.floor_m2 / block.footprint_m2
         }});
  }
}

void add_osm_places(const OsmImport& import) {
  for (const OsmNode& node : import.file.nodes()) {
    add_place(import, node.tags, "osm-n" + std::to_string(node.id),
              import.local(node.id, node.place));
  }
  for (const OsmWay& way : import.file.ways()) {
    if (!way.closed()) continue;
    const auto footprint = footprint_of(way, import);
    if (!footprint) continue;
    add_place(import, way.tags, "osm-w" + std::to_string(way.id), footprint->middle);
  }
}

}  // namespace kontwin
