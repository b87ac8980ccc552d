#include "io/traffic/gmns.hpp"

#include "scenarios/traffic/network/network.hpp"
#include "tests/fuzz/input.hpp"

// A folder of GMNS tables, in one text with lines of `---` between them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const fuzz::InputFile input("folder");
  static constexpr const char* names[] = {"config.csv",
                                          "node.csv",
                                          "link.csv",
                                          "lane.csv",
                                          "movement.csv",
                                          "use_group.csv",
                                          "geometry.csv",
                                          "signal_controller.csv",
                                          "signal_timing_plan.csv",
                                          "signal_timing_phase.csv",
                                          "signal_phase_mvmt.csv",
                                          "signal_coordination.csv"};
  const std::filesystem::path folder = input.path().parent_path();
  fuzz::write_parts(fuzz::as_text(data, size), folder, names);
  for (const char* const name : names) {
    // A table that is not there is another case than an empty one.
    if (std::filesystem::file_size(folder / name) == 0) std::filesystem::remove(folder / name);
  }
  try {
    std::vector<traffic::Repair> repairs;
    traffic::NetworkParts parts = traffic::read_gmns(folder, &repairs);
    const auto network = traffic::Network::seal(std::move(parts), &repairs);
    fuzz::promise(network->links() > 0, "a network has a link");
    fuzz::promise(traffic::Network::restore(*network)->turns() == network->turns(),
                  "the columns of a network make it again");
  } catch (const FileError& error) {
    fuzz::promise(std::string_view(error.what()).starts_with(folder.string()),
                  "an error names its file");
  } catch (const WorldError&) {
    return 0;
  }
  return 0;
}
