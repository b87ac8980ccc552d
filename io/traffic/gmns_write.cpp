#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include "io/traffic/gmns.hpp"
#include "io/traffic/gmns_units.hpp"
#include "io/traffic/xml_writer.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

/// A CSV file that is being written (RFC 4180).
class CsvFile {
 public:
  CsvFile(const std::filesystem::path& path, const char* header)
      : path_(path.string()), file_(path, std::ios::binary) {
    if (!file_) throw FileError(path_, "cannot be written");
    file_ << header << '\n';
  }
  template <typename... Fields>
  void row(const Fields&... fields) {
    bool first = true;
    ((file_ << (first ? "" : ",") << quoted(fields), first = false), ...);
    file_ << '\n';
  }
  void finish() {
    file_.close();
    if (!file_) throw FileError(path_, "cannot be written to its end");
  }

 private:
  static std::string quoted(double number) { return to_text(number); }
  static std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
      if (c == '"') quoted += '"';
      quoted += c;
    }
    return quoted + '"';
  }

  std::string path_;
  std::ofstream file_;
};

/// GMNS's names of the kinds, in their order.
constexpr std::array<const char*, vehicle_kinds> use_of_kind{"MOTORBIKE", "CAR",     "BUS",
                                                             "TRUCK",     "BICYCLE", "AMBULANCE"};

std::string uses_of(VehicleKinds kinds) {
  if (kinds == all_vehicles) return "ALL";
  std::string uses;
  for (std::size_t which = 0; which < vehicle_kinds; ++which) {
    if (!contains(kinds, static_cast<VehicleKind>(which))) continue;
    if (!uses.empty()) uses += ",";
    uses += use_of_kind[which];
  }
  return uses;
}

std::string control_of(JunctionControl control) {
  switch (control) {
    case JunctionControl::signal:
      return "signal";
    case JunctionControl::all_stop:
      return "4_stop";
    case JunctionControl::right_first:
    case JunctionControl::unregulated:
      return "none";
    case JunctionControl::priority:
    case JunctionControl::roundabout:
      return "yield";
  }
  return "";
}

std::string line_of(std::span<const LocalPoint> points) {
  std::string text = "LINESTRING (";
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0) text += ", ";
    text += to_text(points[i].x_m) + " " + to_text(points[i].y_m);
  }
  return text + ")";
}

void write_links(const std::filesystem::path& folder, const Network& network) {
  CsvFile nodes(folder / "node.csv", "node_id,x_coord,y_coord,ctrl_type,opt_control");
  for (std::uint32_t row = 0; row < network.junctions(); ++row) {
    nodes.row(
        network.junction_id[row], network.junction_place[row].x_m, network.junction_place[row].y_m,
        control_of(network.junction_control[row]),
        std::string(gmns_control_names[static_cast<std::size_t>(network.junction_control[row])]));
  }
  nodes.finish();
  CsvFile links(folder / "link.csv",
                "link_id,name,from_node_id,to_node_id,directed,geometry,dir_flag,length,capacity,"
                "free_speed,lanes,allowed_uses,opt_priority");
  CsvFile lanes(folder / "lane.csv", "lane_id,link_id,lane_num,allowed_uses,width");
  for (std::uint32_t link = 0; link < network.links(); ++link) {
    const std::string& id = network.link_id[link];
    const std::string uses = uses_of(network.allowed[link]);
    links.row(id, network.link_name[link], network.junction_id[network.from[link]],
              network.junction_id[network.to[link]], std::string("true"),
              line_of(network.shape_of(link)), 1.0, network.length_m[link],
              network.lane_capacity_pcph[link], network.free_speed_mps[link] * 3.6,
              static_cast<double>(network.lanes_of(link)), uses,
              static_cast<double>(network.priority[link]));
    for (std::uint32_t lane = 1; lane <= network.lanes_of(link); ++lane) {
      const std::uint32_t count = network.lanes_of(link);
      const std::uint32_t own = network.drives_on_right ? count - lane : lane - 1;
      lanes.row(id + "#" + std::to_string(lane), id, static_cast<double>(lane),
                uses_of(network.lane_kinds[network.lane_begin[link] + own]),
                network.lane_width_m[link]);
    }
  }
  links.finish();
  lanes.finish();
}

std::string type_of(double angle_rad) {
  if (std::abs(angle_rad) > 0.95 * M_PI) return "uturn";
  if (std::abs(angle_rad) <= M_PI / 4) return "thru";
  return angle_rad > 0 ? "left" : "right";
}

/// One row for each stretch of lanes side by side; numbers of lanes count from the left.
void write_movements(const std::filesystem::path& folder, const Network& network) {
  CsvFile file(folder / "movement.csv",
               "mvmt_id,node_id,ib_link_id,start_ib_lane,end_ib_lane,ob_link_id,type,ctrl_type,"
               "allowed_uses");
  for (std::uint32_t turn = 0; turn < network.turns(); ++turn) {
    const std::uint32_t from = network.turn_from[turn];
    const std::uint32_t count = network.lanes_of(from);
    const auto has = [&](std::uint32_t number) {
      const std::uint32_t lane = network.drives_on_right ? count - number : number - 1;
      return number <= count && ((network.turn_lanes[turn] >> lane) & 1U) != 0;
    };
    std::uint32_t piece = 0;
    for (std::uint32_t number = 1; number <= count; ++number) {
      if (!has(number)) continue;
      const std::uint32_t first = number;
      while (has(number + 1)) ++number;
      std::string id = std::to_string(turn);
      if (piece > 0) id.append(1, '.').append(std::to_string(piece));
      file.row(id, network.junction_id[network.to[from]], network.link_id[from],
               static_cast<double>(first), static_cast<double>(number),
               network.link_id[network.turn_to[turn]], type_of(network.turn_angle[turn]),
               std::string(network.turn_signal[turn] == no_row ? "" : "signal"),
               uses_of(network.turn_allowed[turn]));
      ++piece;
    }
  }
  file.finish();
}

bool has_green(const Signal::Stage& stage) {
  return std::ranges::any_of(stage.aspects, [](Aspect aspect) { return aspect != Aspect::red; });
}

void write_signals(const std::filesystem::path& folder, const Network& network) {
  CsvFile controllers(folder / "signal_controller.csv", "controller_id");
  CsvFile plans(folder / "signal_timing_plan.csv", "timing_plan_id,controller_id,cycle_length");
  CsvFile offsets(folder / "signal_coordination.csv", "timing_plan_id,offset");
  CsvFile phases(folder / "signal_timing_phase.csv",
                 "timing_phase_id,timing_plan_id,signal_phase_num,min_green,max_green,clearance,"
                 "ring,barrier,position");
  CsvFile movements(folder / "signal_phase_mvmt.csv",
                    "signal_phase_mvmt_id,timing_phase_id,mvmt_id,protection");
  for (const Signal& signal : network.signals) {
    const bool fixed = signal.kind == SignalKind::fixed;
    // Red before the first green ends the last phase: the cycle starts with a green.
    std::size_t first = 0;
    Micros offset = signal.offset;
    while (first < signal.stages.size() && !has_green(signal.stages[first])) {
      offset += signal.stages[first++].duration;
    }
    controllers.row(signal.id);
    plans.row(signal.id, signal.id, seconds(signal.cycle));
    offsets.row(signal.id, seconds(offset));
    double position = 0;
    for (std::size_t i = 0; i < signal.stages.size();) {
      const Signal::Stage& stage = signal.stages[(first + i) % signal.stages.size()];
      Micros clearance = 0;
      for (++i; i < signal.stages.size(); ++i) {
        const Signal::Stage& after = signal.stages[(first + i) % signal.stages.size()];
        if (has_green(after)) break;
        clearance += after.duration;
      }
      const std::string id = signal.id + "#" + to_text(++position);
      phases.row(id, signal.id, position, seconds(fixed ? stage.duration : stage.least),
                 seconds(fixed ? stage.duration : stage.most), seconds(clearance), 1.0, 1.0,
                 position);
      for (std::size_t turn = 0; turn < signal.turns.size(); ++turn) {
        if (stage.aspects[turn] == Aspect::red) continue;
        const std::string movement = std::to_string(signal.turns[turn]);
        std::string row = id;
        (row += '/') += movement;
        const bool exclusive = stage.aspects[turn] == Aspect::exclusive;
        movements.row(row, id, movement, std::string(exclusive ? "protected" : "permitted"));
      }
    }
  }
  for (CsvFile* file : {&controllers, &plans, &offsets, &phases, &movements}) file->finish();
}

}  // namespace

void write_gmns(const std::filesystem::path& folder, const Network& network,
                const std::string& crs) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw FileError(folder.string(), "cannot be made: " + error.message());
  CsvFile config(folder / "config.csv",
                 "dataset_name,short_length,long_length,speed,crs,geometry_field_format,id_type");
  config.row(network.name, std::string("m"), std::string("m"), std::string("km/h"), crs,
             std::string("WKT"), std::string("string"));
  config.finish();
  CsvFile uses(folder / "use_definition.csv", "use,persons_per_vehicle,pce");
  uses.row(std::string("ALL"), 1.0, 1.0);
  for (const char* use : use_of_kind) uses.row(std::string(use), 1.0, 1.0);
  uses.finish();
  write_links(folder, network);
  write_movements(folder, network);
  if (!network.signals.empty()) write_signals(folder, network);
}

}  // namespace kontwin::traffic
