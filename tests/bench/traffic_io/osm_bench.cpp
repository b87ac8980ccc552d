#include <benchmark/benchmark.h>

#include <filesystem>
#include <osmium/builder/attr.hpp>
#include <osmium/io/any_output.hpp>
#include <string>
#include <vector>

#include "io/traffic/osm/osm_network.hpp"
#include "scenarios/traffic/network/network.hpp"
#include "tests/support/scratch_folder.hpp"
#include "twin/random.hpp"

namespace kontwin::traffic::testing {
namespace {

using namespace osmium::builder::attr;  // NOLINT(google-build-using-namespace)
using kontwin::testing::ScratchFolder;

/// A map of a region as OpenStreetMap has one: streets of a crossing each, with bends between them,
/// footpaths and buildings that are no roads, lights, and forbidden turns.
class Region {
 public:
  explicit Region(std::int64_t crossings_a_side) : side_(crossings_a_side) {}

  void write(const std::filesystem::path& path) const {
    osmium::io::Writer writer(path.string(), osmium::io::overwrite::allow);
    const auto flush = [&writer](osmium::memory::Buffer& buffer) {
      writer(std::move(buffer));
      buffer = osmium::memory::Buffer(1 << 20, osmium::memory::Buffer::auto_grow::yes);
    };
    osmium::memory::Buffer buffer(1 << 20, osmium::memory::Buffer::auto_grow::yes);
    const std::int64_t crossings = side_ * side_;
    for (std::int64_t at = 0; at < crossings; ++at) {
      RandomStream random(1, static_cast<std::uint64_t>(at));
      const double lon = 106 + 0.002 * static_cast<double>(at % side_);
      const double lat = 14 + 0.002 * static_cast<double>(at / side_);
      // The crossing, three bends of the street to the east, three of that to the north, and a
      // house.
      for (std::int64_t i = 0; i < 7; ++i) {
        const auto step = static_cast<double>(i < 4 ? i : i - 3) * 0.0005;
        const double aside = i == 0 ? 0 : 0.0001 * random.uniform();
        const osmium::Location place(lon + (i < 4 ? step : aside), lat + (i < 4 ? aside : step));
        if (i == 0 && at % 50 == 0) {
          osmium::builder::add_node(buffer, _id(7 * at + i + 1), _location(place),
                                    _tag("highway", "traffic_signals"));
        } else {
          osmium::builder::add_node(buffer, _id(7 * at + i + 1), _location(place));
        }
      }
      if (at % 4096 == 0) flush(buffer);
    }
    for (std::int64_t at = 0; at < crossings; ++at) {
      const std::int64_t first = 7 * at + 1;
      const bool main = (at / side_) % 10 == 0;
      if (at % side_ + 1 < side_) {
        const std::vector<std::int64_t> nodes{first, first + 1, first + 2, first + 3, first + 7};
        osmium::builder::add_way(buffer, _id(3 * at + 1), _nodes(nodes),
                                 _tag("highway", main ? "primary" : "residential"),
                                 _tag("name", "Street " + std::to_string(at / side_)),
                                 _tag("lanes", main ? "4" : "2"), _tag("surface", "asphalt"));
      }
      if (at / side_ + 1 < side_) {
        const std::vector<std::int64_t> nodes{first, first + 4, first + 5, first + 6,
                                              first + 7 * side_};
        osmium::builder::add_way(buffer, _id(3 * at + 2), _nodes(nodes),
                                 _tag("highway", "tertiary"),
                                 _tag("oneway", at % 7 ? "no" : "yes"));
      }
      const std::vector<std::int64_t> house{first + 1, first + 2, first + 4, first + 1};
      osmium::builder::add_way(buffer, _id(3 * at + 3), _nodes(house), _tag("building", "yes"));
      if (at % 4096 == 0) flush(buffer);
    }
    for (std::int64_t at = side_ + 1; at + 1 < crossings; at += 40) {
      osmium::builder::add_relation(buffer, _id(at), _tag("type", "restriction"),
                                    _tag("restriction", "no_left_turn"),
                                    _member(osmium::item_type::way, 3 * (at - 1) + 1, "from"),
                                    _member(osmium::item_type::node, 7 * at + 1, "via"),
                                    _member(osmium::item_type::way, 3 * at + 2, "to"));
    }
    flush(buffer);
    writer.close();
  }

 private:
  std::int64_t side_;
};

/// 400 x 400 crossings: 320,000 streets among 480,000 ways, 1.1 million nodes.
void ReadOsm(benchmark::State& state) {
  const ScratchFolder folder;
  const auto path = folder.path() / "region.osm.pbf";
  Region(400).write(path);
  std::size_t links = 0;
  for (auto _ : state) {
    std::vector<Repair> repairs;
    NetworkParts parts = read_osm_network(path, &repairs);
    links = parts.links.size();
    benchmark::DoNotOptimize(parts);
  }
  state.counters["links"] = static_cast<double>(links);
  state.counters["file_bytes"] = static_cast<double>(std::filesystem::file_size(path));
}
BENCHMARK(ReadOsm)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace kontwin::traffic::testing
