#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "io/wire/decision_wire.hpp"
#include "io/wire/observation_wire.hpp"
#include "tests/io/import/geotiff_file.hpp"

// Writes the seeds that are not text:   fuzz_seeds tests/fuzz/corpus
namespace kontwin {
namespace {

void write(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

void write_messages(const std::filesystem::path& corpus) {
  const Instant at = *parse_instant("2025-11-18T03:00:00+07:00");
  const std::array observations{
      Observation{"urn:ngsi-ld:RiverGauge:69702", "stage_m", 518.25, at, "replay", Quality::good},
      Observation{"urn:ngsi-ld:Road:1", "open", 0, at, "", Quality::estimated}};
  write(corpus / "observation_wire" / "two", encode_observations(observations));
  write(corpus / "observation_wire" / "none", {});

  Decision decision;
  decision.id = "d-1";
  decision.title_vi = "Đóng đường Trần Phú";
  decision.title_en = "Close Trần Phú street";
  decision.branch = "close";
  decision.measures = {{"set_road_open", {"urn:ngsi-ld:Road:1"}, "Đóng", "Close"}};
  decision.expected = {
      {"people_exposed", "Người bị ảnh hưởng", "People exposed", "person", 12, Kpi::Better::lower}};
  decision.without = decision.expected;
  decision.proposed_at = at;
  decision.expires_at = at + std::chrono::hours{6};
  write(corpus / "decision_wire" / "one", encode_decision(decision));
}

void write_terrain(const std::filesystem::path& folder) {
  using testing::GeoTiffFile;
  std::filesystem::create_directories(folder);
  GeoTiffFile slope{.path = folder / "slope.tif", .columns = 12, .rows = 10};
  slope.value = [](int column, int row) { return 500.0 + 3 * column - row; };
  slope.write();
  GeoTiffFile metres{.path = folder / "metres.tif", .crs = "EPSG:32648", .left = 823000};
  metres.top = 1593000;
  metres.cell = 90;
  metres.columns = 10;
  metres.rows = 8;
  metres.integers = true;
  metres.nodata = -32768;
  metres.has_nodata = true;
  metres.scale = 0.1;
  metres.value = [](int column, int row) { return column == row ? -32768.0 : 5200.0 + column; };
  metres.write();
}

}  // namespace
}  // namespace kontwin

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER\n", arguments[0]);
    return 2;
  }
  const std::filesystem::path corpus = arguments[1];
  kontwin::write_messages(corpus);
  kontwin::write_terrain(corpus / "geotiff");
  return 0;
}
