#include "io/run/run_header.hpp"

#include <cstdint>
#include <string>

#include "io/run/run_format.hpp"

namespace kontwin {

using hdf5::Extent;
using hdf5::File;

RunHeader read_run_header(const File& file) {
  if (!file.has("/times") || file.text("/", "format") != run_format::format_name) {
    file.fail("is not a Kontwin run");
  }
  if (const auto made = file.integer("/", "format_version"); made != run_format::format_version) {
    file.fail("has format version " + std::to_string(made) + "; this program reads version " +
              std::to_string(run_format::format_version));
  }
  RunHeader header;
  header.program = file.text("/", "program");
  header.world_name = file.text("/", "world_name");
  header.world_hash = file.text("/", "world_hash");
  header.branch = file.text("/", "branch");
  header.title_vi = file.text("/", "title_vi");
  header.title_en = file.text("/", "title_en");
  header.origin = {file.number("/", "origin_longitude_deg"),
                   file.number("/", "origin_latitude_deg")};
  if (file.has("/plane")) header.plane = file.read_text("/plane");
  if (file.has("/plane_turn")) {
    const auto turn = file.read<double>("/plane_turn");
    if (turn.size() != 3) file.fail("/plane_turn is not an angle and a place");
    header.turn = {turn[0], {turn[1], turn[2]}};
  }
  header.seed = static_cast<std::uint64_t>(file.integer("/", "seed"));
  header.start = Instant{Duration{file.integer("/", "start_ms")}};
  header.length = Duration{file.integer("/", "length_ms")};
  header.window = Duration{file.integer("/", "window_ms")};
  header.frame_every = Duration{file.integer("/", "frame_every_ms")};
  header.edits_json = file.read_text("/edits");
  header.forcing_json = file.read_text("/forcing");
  header.note_vi = file.text("/", "note_vi");
  header.note_en = file.text("/", "note_en");
  header.complete = file.integer("/", "complete") == 1;
  return header;
}

std::vector<RecordedField> read_field_list(const File& file) {
  std::vector<RecordedField> fields;
  if (!file.has("/fields")) return fields;
  for (const std::string& grid : file.names("/fields")) {
    for (const std::string& name : file.names("/fields/" + grid)) {
      std::string path = "/fields/";
      path.append(grid).append("/").append(name);
      const Extent extent = file.open_dataset(path).extent();
      if (extent.size() != 3) file.fail(path + " is not a grid each frame");
      const GridShape shape = run_format::read_shape(file, path, extent[2], extent[1]);
      fields.push_back({name, grid, shape});
    }
  }
  return fields;
}

}  // namespace kontwin
