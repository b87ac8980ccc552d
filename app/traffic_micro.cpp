#include "app/traffic_micro.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include "scenarios/traffic/micro_choice.hpp"
#include "twin/error.hpp"

namespace kontwin {

using namespace traffic;  // NOLINT(google-build-using-namespace): all that is done here

namespace {

/// Ids as they were given, files of them opened.
std::vector<std::string> ids_of(const std::vector<std::string>& given) {
  std::vector<std::string> ids;
  for (const std::string& one : given) {
    if (!one.starts_with('@')) {
      ids.push_back(one);
      continue;
    }
    const std::string path = one.substr(1);
    std::ifstream file(path);
    if (!file) throw FileError(path, "cannot be opened");
    for (std::string line; std::getline(file, line);) {
      if (line.ends_with('\r')) line.pop_back();
      if (!line.empty()) ids.push_back(line);
    }
  }
  return ids;
}

std::vector<std::uint32_t> named_junctions(const Network& network,
                                           const TrafficMicroOptions& options) {
  std::vector<std::uint32_t> chosen;
  for (const std::string& id : options.junctions) {
    const auto junction = network.find_junction(id);
    if (!junction) throw Error("--micro-junction: the network has no junction '" + id + "'");
    const auto around = junctions_within(network, *junction, options.radius_m);
    chosen.insert(chosen.end(), around.begin(), around.end());
  }
  if (!options.box_m.empty()) {
    const double west = options.box_m[0], south = options.box_m[1];
    const double east = options.box_m[2], north = options.box_m[3];
    const std::array<LocalPoint, 4> box{
        {{west, south}, {east, south}, {east, north}, {west, north}}};
    const auto inside = junctions_inside(network, box);
    if (inside.empty()) throw Error("--micro-box: no junction lies in it");
    chosen.insert(chosen.end(), inside.begin(), inside.end());
  }
  return chosen;
}

void print_added(const Network& network, const std::vector<std::uint32_t>& named,
                 std::span<const std::uint32_t> junctions) {
  std::vector<std::uint32_t> added;
  std::ranges::set_difference(links_into(network, junctions), named, std::back_inserter(added));
  if (named.empty() || added.empty()) return;
  constexpr std::size_t shown = 10;
  std::printf("  thêm / added, since they meet them: ");
  for (std::size_t i = 0; i < std::min(shown, added.size()); ++i) {
    std::printf("%s%s", i == 0 ? "" : " ", network.link_id[added[i]].c_str());
  }
  if (added.size() > shown) std::printf(" ... (%zu)", added.size());
  std::printf("\n");
}

}  // namespace

void add_micro_options(CLI::App& command, TrafficMicroOptions& options) {
  command
      .add_option("--micro", options.links,
                  "Drive vehicles on these links as individuals, with all links into the junctions "
                  "at their ends; ids, or @FILE with one a line\n"
                  "Mô phỏng vi mô trên các đoạn này, cùng mọi đoạn vào nút ở cuối đoạn; mã đoạn, "
                  "hoặc @TỆP mỗi dòng một mã")
      ->type_name("LINK");
  auto* junctions = command
                        .add_option("--micro-junction", options.junctions,
                                    "The same on all links into these junctions\n"
                                    "Như trên, mọi đoạn vào các nút này")
                        ->type_name("ID");
  command
      .add_option("--micro-radius", options.radius_m,
                  "And into all junctions within so many metres of them\n"
                  "Và vào mọi nút trong bán kính này (mét)")
      ->type_name("METRES")
      ->check(CLI::NonNegativeNumber)
      ->needs(junctions);
  command
      .add_option("--micro-box", options.box_m,
                  "The same into all junctions in a box: west, south, east, north in the network's "
                  "metres\nNhư trên, mọi nút trong khung: tây, nam, đông, bắc (mét của mạng)")
      ->type_name("W S E N")
      ->expected(4);
  command
      .add_option("--micro-model", options.following,
                  "How they follow each other: improved_idm, idm or krauss\n"
                  "Mô hình bám xe: improved_idm, idm hoặc krauss")
      ->type_name("MODEL")
      ->check(CLI::IsMember({"improved_idm", "idm", "krauss"}).description(""))
      ->capture_default_str();
  command
      .add_option("--micro-step", options.step_s,
                  "Seconds of a step there, 0.1 to 1\nSố giây mỗi bước ở đó, 0.1 đến 1")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 1.0).description(""))
      ->capture_default_str();
}

void choose_micro(const Network& network, const TrafficMicroOptions& options,
                  SimulationOptions& simulation) {
  std::vector<std::uint32_t> named;
  for (const std::string& id : ids_of(options.links)) {
    const auto link = network.find_link(id);
    if (!link) throw Error("--micro: the network has no link '" + id + "'");
    named.push_back(*link);
  }
  std::ranges::sort(named);
  std::vector<std::uint32_t> junctions = named_junctions(network, options);
  const auto at_ends = junctions_at_ends(network, named);
  junctions.insert(junctions.end(), at_ends.begin(), at_ends.end());
  if (junctions.empty()) return;
  const auto zones = connected(network, junctions);
  std::size_t count = 0;
  std::size_t links = 0;
  for (const ConnectedJunctions& zone : zones) {
    count += zone.junctions.size();
    links += zone.links.size();
  }
  std::printf("Vi mô / Microscopic: %zu vùng / zones, %zu nút / junctions, %zu đoạn / links\n",
              zones.size(), count, links);
  if (options.junctions.empty() && options.box_m.empty()) print_added(network, named, at_ends);
  simulation.micro_junctions = std::move(junctions);
  simulation.micro.step_s = options.step_s;
  using enum micro::CarFollowing;
  simulation.micro.following = options.following == "idm"      ? idm
                               : options.following == "krauss" ? krauss
                                                               : improved_idm;
}

}  // namespace kontwin
