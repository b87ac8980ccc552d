#include "io/crowd/crowd_file.hpp"

#include "io/crowd/crowd_toml.hpp"

namespace kontwin::crowd {

CrowdScenario read_crowd(const std::filesystem::path& path) {
  TomlReader root = TomlReader::read(path);
  CrowdScenario scenario;
  scenario.name = root.required_text("name");
  root.text("source");  // for the reader of the file
  scenario.end_s = seconds(root, "end").value_or(scenario.end_s);
  if (scenario.end_s <= 0) root.fail("end", "must be above 0");
  scenario.first_seed = static_cast<std::uint64_t>(root.whole("seed", 0, INT64_MAX).value_or(1));
  scenario.seeds = static_cast<std::uint32_t>(root.whole("seeds", 1, 10000).value_or(1));
  scenario.frames_every_s = seconds(root, "frames_every").value_or(0.5);
  DrawnPlace place = read_drawn_place(root, scenario.cell_m);
  place.name = scenario.name;
  scenario.building = sort_out(std::move(place));
  read_model(root, scenario);
  read_people(root, scenario);
  read_happenings(root, scenario);
  read_measures(root, scenario);
  root.finish();
  return scenario;
}

}  // namespace kontwin::crowd
