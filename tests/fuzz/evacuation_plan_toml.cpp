#include "scenarios/file/evacuation_plan_file.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/support/small_world.hpp"

// An evacuation plan, and that what is read can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const std::shared_ptr<const World> world = testing::town(4);
  static const fuzz::InputFile input("plan.toml");
  fuzz::read_damaged(input.with(fuzz::as_text(data, size)), [](const auto& path) {
    const EvacuationPlan plan = read_evacuation_plan(path, *world);
    write_evacuation_plan(plan, *world, path);
    const EvacuationPlan again = read_evacuation_plan(path, *world);
    fuzz::promise(again.assignments.size() == plan.assignments.size(), "no assignment is lost");
    fuzz::promise(again.rounds.size() == plan.rounds.size(), "no round is lost");
    fuzz::promise(again.lower_bound_s == plan.lower_bound_s, "numbers keep their digits");
  });
  return 0;
}
