#include "scenarios/file/scenario_file.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/support/small_world.hpp"

namespace {

/// A town with a river, so that every table of a scenario has something to refer to.
std::shared_ptr<const kontwin::World> town_by_a_river() {
  kontwin::WorldParts parts = kontwin::testing::town_parts(4);
  kontwin::River river;
  river.name = "Sông";
  for (const double x_m : {0.0, 400.0, 800.0}) {
    river.line.push_back({x_m, 100});
    river.bed_m.push_back(98);
    river.width_m.push_back(30);
    river.bank_depth_m.push_back(2);
  }
  parts.rivers.push_back(std::move(river));
  return kontwin::World::seal(std::move(parts));
}

kontwin::TimeSeries recorded(const std::filesystem::path& file, const std::string&,
                             const std::string& property) {
  if (property.empty()) throw kontwin::FileError(file.string(), "holds no such property");
  return {{kontwin::Instant{}, kontwin::Instant{std::chrono::hours{1}}}, {99, 101}};
}

}  // namespace

// A scenario file, up to the branch that it makes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const std::shared_ptr<const World> world = town_by_a_river();
  static const fuzz::InputFile input("scenario.toml");
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    const Scenario scenario = load_scenario(path, *world, recorded);
    const Branch branch = make_branch(scenario, world, StateTable(*world), Instant{});
    fuzz::promise(branch.edits.size() == scenario.edits.size(), "a branch has all edits");
    fuzz::promise(branch.start <= branch.start + branch.length, "a branch ends after its start");
  });
  return 0;
}
