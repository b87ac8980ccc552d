#include "io/crowd/crowd_file.hpp"
#include "scenarios/evacuation/crowd/building_check.hpp"
#include "tests/fuzz/input.hpp"

// A scenario of a crowd, up to what is wrong with its place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("input.crowd.toml");
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    const crowd::CrowdScenario scenario = crowd::read_crowd(path);
    for (const crowd::PeopleGroup& group : scenario.groups) {
      fuzz::promise(group.area < scenario.building.areas.size(), "people start in an area");
      fuzz::promise(!group.kinds.empty(), "people are of a kind");
    }
    for (const crowd::BuildingProblem& problem : problems_of(scenario.building)) {
      fuzz::promise(!problem.place.empty() && !problem.reason.empty(), "a problem is described");
    }
  });
  return 0;
}
