#include "io/traffic/network_file.hpp"

#include <string>
#include <vector>

#include "io/hdf5/column.hpp"
#include "io/hdf5/place_file.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

using hdf5::File;
using hdf5::read_column;
using hdf5::write_column;

constexpr std::string_view format_name = "kontwin-traffic-network";
constexpr std::int64_t format_version = 3;

/// Calls `visit` with each column of `net` and its name in the file.
template <typename Columns, typename Visit>
void for_each_column(Columns& net, Visit visit) {
  visit("/junctions/id", net.junction_id);
  visit("/junctions/place", net.junction_place);
  visit("/junctions/control", net.junction_control);
  visit("/links/id", net.link_id);
  visit("/links/name", net.link_name);
  visit("/links/from", net.from);
  visit("/links/to", net.to);
  visit("/links/opposite", net.opposite);
  visit("/links/length_m", net.length_m);
  visit("/links/free_speed_mps", net.free_speed_mps);
  visit("/links/lane_width_m", net.lane_width_m);
  visit("/links/lane_capacity_pcph", net.lane_capacity_pcph);
  visit("/links/allowed", net.allowed);
  visit("/links/priority", net.priority);
  visit("/links/lane_begin", net.lane_begin);
  visit("/links/turn_begin", net.turn_begin);
  visit("/links/shape_begin", net.shape_begin);
  visit("/links/shape", net.shape);
  visit("/lanes/link", net.lane_link);
  visit("/lanes/kinds", net.lane_kinds);
  visit("/lanes/storage", net.lane_storage);
  visit("/lanes/hole_delay_us", net.lane_hole_delay);
  visit("/turns/allowed", net.turn_allowed);
  visit("/turns/from", net.turn_from);
  visit("/turns/to", net.turn_to);
  visit("/turns/lanes", net.turn_lanes);
  visit("/turns/angle", net.turn_angle);
  visit("/turns/signal", net.turn_signal);
  visit("/turns/give_way_begin", net.give_way_begin);
  visit("/turns/give_way", net.give_way);
  visit("/turns/goes_first", net.goes_first);
  visit("/turns/green_begin", net.green_begin);
}

/// Lists of signals and greens as columns.
struct Joined {
  std::vector<Micros> green_begin, green_end;
  std::vector<std::uint8_t> green_permissive;
  std::vector<std::string> id;
  std::vector<SignalKind> kind;
  std::vector<Micros> offset;
  std::vector<std::uint32_t> turn_begin{0}, turns, stage_begin{0};
  std::vector<Micros> duration, least, most;
  std::vector<Aspect> aspects;  ///< stage by stage, of each turn of its signal
};

template <typename Columns, typename Visit>
void for_each_joined(Columns& joined, Visit visit) {
  visit("/greens/begin_us", joined.green_begin);
  visit("/greens/end_us", joined.green_end);
  visit("/greens/permissive", joined.green_permissive);
  visit("/signals/id", joined.id);
  visit("/signals/kind", joined.kind);
  visit("/signals/offset_us", joined.offset);
  visit("/signals/turn_begin", joined.turn_begin);
  visit("/signals/turns", joined.turns);
  visit("/signals/stage_begin", joined.stage_begin);
  visit("/stages/duration_us", joined.duration);
  visit("/stages/least_us", joined.least);
  visit("/stages/most_us", joined.most);
  visit("/stages/aspects", joined.aspects);
}

Joined join(const Network& network) {
  Joined joined;
  for (const auto& green : network.green) {
    joined.green_begin.push_back(green.begin);
    joined.green_end.push_back(green.end);
    joined.green_permissive.push_back(green.permissive ? 1 : 0);
  }
  for (const Signal& signal : network.signals) {
    joined.id.push_back(signal.id);
    joined.kind.push_back(signal.kind);
    joined.offset.push_back(signal.offset);
    joined.turns.insert(joined.turns.end(), signal.turns.begin(), signal.turns.end());
    joined.turn_begin.push_back(static_cast<std::uint32_t>(joined.turns.size()));
    for (const Signal::Stage& stage : signal.stages) {
      joined.duration.push_back(stage.duration);
      joined.least.push_back(stage.least);
      joined.most.push_back(stage.most);
      joined.aspects.insert(joined.aspects.end(), stage.aspects.begin(), stage.aspects.end());
    }
    joined.stage_begin.push_back(static_cast<std::uint32_t>(joined.duration.size()));
  }
  return joined;
}

void part(const File& file, const Joined& joined, NetworkColumns& net) {
  const auto hold = [&file](bool holds, const char* place) {
    if (!holds) file.fail(std::string(place) + " has another length than its neighbours");
  };
  hold(joined.green_end.size() == joined.green_begin.size() &&
           joined.green_permissive.size() == joined.green_begin.size(),
       "/greens");
  for (std::size_t i = 0; i < joined.green_begin.size(); ++i) {
    net.green.push_back(
        {joined.green_begin[i], joined.green_end[i], joined.green_permissive[i] != 0});
  }
  const std::size_t signals = joined.id.size();
  const std::size_t stages = joined.duration.size();
  hold(joined.kind.size() == signals && joined.offset.size() == signals &&
           joined.turn_begin.size() == signals + 1 && joined.stage_begin.size() == signals + 1 &&
           joined.turn_begin.back() <= joined.turns.size() && joined.stage_begin.back() <= stages &&
           std::ranges::is_sorted(joined.turn_begin) && std::ranges::is_sorted(joined.stage_begin),
       "/signals");
  hold(joined.least.size() == stages && joined.most.size() == stages, "/stages");
  auto aspect = joined.aspects.begin();
  for (std::size_t row = 0; row < signals; ++row) {
    Signal signal{joined.id[row], joined.kind[row], joined.offset[row], 0, {}, {}};
    signal.turns.assign(joined.turns.begin() + joined.turn_begin[row],
                        joined.turns.begin() + joined.turn_begin[row + 1]);
    const auto turns = static_cast<std::ptrdiff_t>(signal.turns.size());
    for (auto at = joined.stage_begin[row]; at < joined.stage_begin[row + 1]; ++at) {
      hold(joined.aspects.end() - aspect >= turns, "/stages/aspects");
      signal.stages.push_back(
          {joined.duration[at], joined.least[at], joined.most[at], {aspect, aspect + turns}});
      signal.cycle += joined.duration[at];
      aspect += turns;
    }
    net.signals.push_back(std::move(signal));
  }
}

void write_network(File& file, const Network& network) {
  file.set("/", "format", format_name);
  file.set("/", "format_version", format_version);
  file.set("/", "name", network.name);
  file.set("/", "crs", network.reference.crs);
  file.set("/", "crs_offset_x_m", network.reference.offset.x_m);
  file.set("/", "crs_offset_y_m", network.reference.offset.y_m);
  file.set("/", "drives_on_right", std::int64_t{network.drives_on_right ? 1 : 0});
  const auto write = [&file](const char* name, const auto& column) {
    write_column(file, name, column);
  };
  const NetworkColumns& columns = network;
  for_each_column(columns, write);
  const Joined joined = join(network);
  for_each_joined(joined, write);
}

}  // namespace

void save_network(const std::filesystem::path& path, const Network& network) {
  hdf5::place_file(path, [&network](File& file) { write_network(file, network); });
}

std::shared_ptr<const Network> load_network(const std::filesystem::path& path) {
  const File file = File::open(path);
  if (file.text("/", "format") != format_name) file.fail("is no traffic network");
  if (file.integer("/", "format_version") != format_version) {
    file.fail("is a traffic network of another version");
  }
  NetworkColumns net;
  net.name = file.text("/", "name");
  net.reference.crs = file.text("/", "crs");
  net.reference.offset = {file.number("/", "crs_offset_x_m"), file.number("/", "crs_offset_y_m")};
  net.drives_on_right = file.integer("/", "drives_on_right") != 0;
  const auto read = [&file](const char* name, auto& column) {
    using Value = typename std::decay_t<decltype(column)>::value_type;
    column = read_column<Value>(file, name);
  };
  for_each_column(net, read);
  Joined joined;
  for_each_joined(joined, read);
  part(file, joined, net);
  return Network::restore(std::move(net));
}

}  // namespace kontwin::traffic
