#include "io/traffic/gmns_reader.hpp"

#include <ogr_geometry.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

using enum JunctionControl;

bool is_yes(const std::string& text) {
  const auto parts = parts_of(text);
  return !parts.empty() && (parts[0] == "1" || parts[0] == "TRUE" || parts[0] == "YES" ||
                            parts[0] == "T" || parts[0] == "Y");
}

JunctionControl control_of(const std::string& type) {
  const auto parts = parts_of(type);
  const std::string name = parts.empty() ? "" : parts[0];
  if (name == "SIGNAL" || name == "SIGNAL_WITH_RTOR") return signal;
  if (name == "4_STOP" || name == "STOP_4_WAY") return all_stop;
  if (name == "NONE" || name == "NO_CONTROL") return right_first;
  if (name == "ROUNDABOUT") return roundabout;
  return priority;
}

const char* const default_degrees = "EPSG:4326";

}  // namespace

GmnsReader::GmnsReader(std::filesystem::path folder, const GmnsOptions& options,
                       std::vector<Repair>& repairs)
    : folder_(std::move(folder)),
      options_(options),
      repairs_(repairs),
      units_(read_gmns_units(folder_, options, repairs)),
      uses_(folder_, repairs) {}

NetworkParts GmnsReader::read() {
  parts_.name = units_.name.empty() ? folder_.filename().string() : units_.name;
  parts_.drives_on_right = options_.drives_on_right;
  read_nodes();
  read_geometries();
  read_lanes();
  read_links();
  if (there("movement")) read_movements();
  if (there("signal_phase_mvmt")) read_signals();
  return std::move(parts_);
}

bool GmnsReader::there(const char* table) const {
  return std::filesystem::exists(folder_ / (std::string(table) + ".csv"));
}

CsvTable GmnsReader::table(const char* name, const std::vector<std::string>& columns) const {
  return CsvTable::read(folder_ / (std::string(name) + ".csv"), columns);
}

void GmnsReader::note(const char* rule, std::string place, std::string done) {
  repairs_.push_back({rule, std::move(place), std::move(done)});
}

void GmnsReader::choose_frame(const CsvTable& nodes) {
  double min_x = 1e300;
  double max_x = -1e300;
  double min_y = 1e300;
  double max_y = -1e300;
  for (std::size_t row = 0; row < nodes.rows(); ++row) {
    min_x = std::min(min_x, nodes.required_number(row, "x_coord"));
    max_x = std::max(max_x, nodes.required_number(row, "x_coord"));
    min_y = std::min(min_y, nodes.required_number(row, "y_coord"));
    max_y = std::max(max_y, nodes.required_number(row, "y_coord"));
  }
  const auto crs = parts_of(units_.crs);
  bool degrees = !crs.empty() && (crs[0] == default_degrees || crs[0] == "4326" ||
                                  crs[0] == "WGS84" || crs[0] == "CRS84" || crs[0] == "OGC:CRS84");
  if (crs.empty()) {
    degrees = min_x >= -180 && max_x <= 180 && min_y >= -90 && max_y <= 90;
    note("no coordinate system", "config crs",
         degrees ? "places are taken as degrees" : "places are taken as metres");
  }
  if (!degrees) {
    parts_.reference.crs = units_.crs;
    return;
  }
  // Six digits are what the text of the projection holds.
  const auto middle = [](double a, double b) { return std::round((a + b) / 2 * 1e6) / 1e6; };
  frame_ = LocalFrame(GeoPoint{middle(min_x, max_x), middle(min_y, max_y)});
  parts_.reference.crs = frame_->definition();
}

LocalPoint GmnsReader::place(double x, double y) const {
  return frame_ ? frame_->to_local({x, y}) : LocalPoint{x, y};
}

void GmnsReader::read_nodes() {
  const CsvTable nodes = table("node", {"node_id", "x_coord", "y_coord"});
  choose_frame(nodes);
  for (std::size_t row = 0; row < nodes.rows(); ++row) {
    JunctionPart junction;
    junction.id = nodes.text(row, "node_id");
    junction.place =
        place(nodes.required_number(row, "x_coord"), nodes.required_number(row, "y_coord"));
    junction.control = control_of(nodes.text(row, "ctrl_type"));
    for (std::size_t which = 0; which < gmns_control_names.size(); ++which) {
      if (nodes.text(row, "opt_control") == gmns_control_names[which]) {
        junction.control = static_cast<JunctionControl>(which);
      }
    }
    const auto number = static_cast<std::uint32_t>(parts_.junctions.size());
    if (!node_by_id_.emplace(junction.id, number).second) {
      nodes.fail(row, "node '" + junction.id + "' is there twice");
    }
    parts_.junctions.push_back(std::move(junction));
  }
}

void GmnsReader::read_geometries() {
  if (!there("geometry")) return;
  const CsvTable geometries = table("geometry", {"geometry_id", "geometry"});
  for (std::size_t row = 0; row < geometries.rows(); ++row) {
    geometry_by_id_[geometries.text(row, "geometry_id")] = geometries.text(row, "geometry");
  }
}

void GmnsReader::read_lanes() {
  if (!there("lane")) return;
  const CsvTable lanes = table("lane", {"link_id", "lane_num"});
  for (std::size_t row = 0; row < lanes.rows(); ++row) {
    Lane lane;
    lane.number = whole_number(lanes, row, "lane_num", 1);
    lane.kinds = uses_.kinds_of(lanes.text(row, "allowed_uses"));
    lane.width_m = lanes.number(row, "width").value_or(0) * units_.short_length_m;
    lanes_of_link_[lanes.text(row, "link_id")].push_back(lane);
  }
}

std::vector<LocalPoint> GmnsReader::line_of(const CsvTable& table, std::size_t row,
                                            const std::string& text) const {
  std::vector<LocalPoint> line;
  if (text.empty()) return line;
  OGRGeometry* made = nullptr;
  const OGRErr error = OGRGeometryFactory::createFromWkt(text.c_str(), nullptr, &made);
  const std::unique_ptr<OGRGeometry> geometry(made);
  const auto* const points = dynamic_cast<const OGRLineString*>(geometry.get());
  if (error != OGRERR_NONE || points == nullptr) {
    table.fail(row, "'" + text.substr(0, 40) + "' is no LINESTRING in well-known text");
  }
  for (int i = 0; i < points->getNumPoints(); ++i) {
    line.push_back(place(points->getX(i), points->getY(i)));
  }
  return line;
}

void GmnsReader::read_links() {
  const CsvTable links = table("link", {"link_id", "from_node_id", "to_node_id"});
  for (std::size_t row = 0; row < links.rows(); ++row) add_link(links, row);
}

void GmnsReader::add_link(const CsvTable& links, std::size_t row) {
  LinkPart link;
  link.id = links.text(row, "link_id");
  const std::string facility = links.text(row, "facility_type");
  link.allowed = uses_.kinds_of(links.text(row, "allowed_uses"));
  if (is_footway(facility) || link.allowed == 0) {
    note("not a road", "link " + link.id, "left out");
    return;
  }
  const auto node = [&](const char* column) {
    const auto found = node_by_id_.find(links.text(row, column));
    if (found == node_by_id_.end()) {
      links.fail(row,
                 "node '" + links.text(row, column) + "' of link '" + link.id + "' is not there");
    }
    return found->second;
  };
  link.name = links.text(row, "name");
  link.from = node("from_node_id");
  link.to = node("to_node_id");
  link.priority = whole_number(links, row, "opt_priority", priority_of_facility(facility));
  std::string geometry = links.text(row, "geometry");
  if (const auto named = geometry_by_id_.find(links.text(row, "geometry_id"));
      geometry.empty() && named != geometry_by_id_.end()) {
    geometry = named->second;
  }
  link.shape = line_of(links, row, geometry);
  if (links.text(row, "dir_flag") == "-1") std::ranges::reverse(link.shape);
  if (const auto length = links.number(row, "length")) {
    link.length_m = *length * units_.long_length_m;
  }
  if (const auto speed = links.number(row, "free_speed")) {
    link.free_speed_mps = *speed * units_.speed_mps;
  }
  if (const auto capacity = links.number(row, "capacity")) {
    link.lane_capacity_pcph = *capacity;
  }
  link.lanes = whole_number(links, row, "lanes", 1);
  const auto add = [&](LinkPart part) {
    lane_by_number_.emplace_back();
    if (const auto lanes = lanes_of_link_.find(part.id); lanes != lanes_of_link_.end()) {
      count_lanes(part, lanes->second);
    }
    const auto number = static_cast<std::uint32_t>(parts_.links.size());
    if (!link_by_id_.emplace(part.id, number).second) {
      links.fail(row, "link '" + part.id + "' is there twice");
    }
    parts_.links.push_back(std::move(part));
  };
  add(link);
  if (!links.has("directed") || is_yes(links.text(row, "directed"))) return;
  note("both ways", "link " + link.id, "with " + link.id + "_back as its way back");
  link.id += "_back";
  std::swap(link.from, link.to);
  std::ranges::reverse(link.shape);
  add(std::move(link));
}

void GmnsReader::count_lanes(LinkPart& link, const std::vector<Lane>& lanes) {
  std::vector<Lane> sorted = lanes;
  std::ranges::sort(sorted, {}, &Lane::number);
  VehicleKinds all = 0;
  for (const Lane& lane : sorted) all |= lane.kinds & link.allowed;
  // Lanes of bicycles beside those of cars say nothing of how wide these are.
  const VehicleKinds measured = contains(all, VehicleKind::car) ? bit_of(VehicleKind::car) : all;
  std::vector<int> kept;  // from left to right
  double width_m = 0;
  std::size_t widths = 0;
  for (const Lane& lane : sorted) {
    const VehicleKinds kinds = lane.kinds & link.allowed;
    if (kinds == 0) continue;
    kept.push_back(lane.number);
    link.lane_kinds.push_back(kinds);
    if ((kinds & measured) == 0) continue;
    width_m += lane.width_m;
    widths += lane.width_m > 0 ? 1 : 0;
  }
  // Ours begin with the outermost.
  if (parts_.drives_on_right) std::ranges::reverse(link.lane_kinds);
  if (kept.empty()) return;
  link.lanes = static_cast<int>(kept.size());
  if (widths > 0) link.lane_width_m = width_m / static_cast<double>(widths);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const std::size_t lane = parts_.drives_on_right ? kept.size() - 1 - i : i;
    lane_by_number_.back()[kept[i]] = static_cast<std::uint32_t>(lane);
  }
}

NetworkParts read_gmns(const std::filesystem::path& folder, std::vector<Repair>* repairs,
                       const GmnsOptions& options) {
  std::vector<Repair> unread;
  return GmnsReader(folder, options, repairs != nullptr ? *repairs : unread).read();
}

}  // namespace kontwin::traffic
