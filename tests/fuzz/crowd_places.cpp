#include "io/crowd/geometry_files.hpp"
#include "scenarios/evacuation/crowd/building_check.hpp"
#include "tests/fuzz/input.hpp"

// The place of a crowd in GeoJSON (first byte g), CityJSON (c) or well-known text (w).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile geojson("input.geojson");
  static const fuzz::InputFile cityjson("input.city.json");
  static const fuzz::InputFile wkt("input.wkt");
  if (size == 0) return 0;
  const fuzz::InputFile& input = data[0] == 'g' ? geojson : data[0] == 'c' ? cityjson : wkt;
  fuzz::read_damaged(input.with(fuzz::as_text(data + 1, size - 1)), [](const auto& path) {
    crowd::DrawnPlace place;
    crowd::read_place(path, {}, place);
    const crowd::Building building = crowd::sort_out(std::move(place));
    for (const crowd::Opening& opening : building.openings) {
      fuzz::promise(
          opening.surface < building.surfaces.size() && opening.beyond < building.surfaces.size(),
          "an opening joins surfaces");
    }
    for (const crowd::BuildingProblem& problem : problems_of(building)) {
      fuzz::promise(!problem.place.empty() && !problem.reason.empty(), "a problem is described");
    }
  });
  return 0;
}
