#include "io/traffic/sumo_net_file.hpp"

#include <algorithm>
#include <charconv>

#include "io/traffic/sumo_classes.hpp"
#include "io/traffic/xml_reader.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic {

namespace {

/// SUMO's width of a lane that names none, metres.
constexpr double default_width_m = 3.2;
/// The longest a phase of an actuated program lasts that has a least and no most, seconds.
constexpr double default_most_s = 2147483;

class NetHandler final : public XmlHandler {
 public:
  explicit NetHandler(SumoNetFile& net) : net_(net) {}

  void start(const XmlElement& element) override {
    ++depth_;
    if (depth_ == 1) {
      if (!element.is("net")) element.fail("is no road network of SUMO: its root is no <net>");
      net_.left_hand = is_true(element.text("lefthand"));
    } else if (depth_ == 2) {
      start_thing(element);
    } else if (depth_ == 3) {
      start_part(element);
    }
  }

  void end(std::string_view) override {
    if (depth_ == 2) within_ = Within::nothing;
    --depth_;
  }

 private:
  enum class Within { nothing, edge, inner_edge, junction, program };

  static bool is_true(std::string_view text) { return text == "1" || text == "true"; }

  void start_thing(const XmlElement& element) {
    if (element.is("edge")) {
      start_edge(element);
    } else if (element.is("connection")) {
      add_connection(element);
    } else if (element.is("junction")) {
      start_junction(element);
    } else if (element.is("tlLogic")) {
      start_program(element);
    } else if (element.is("location")) {
      read_location(element);
    } else if (element.is("roundabout")) {
      std::string_view nodes = element.text("nodes");
      for (auto node = take_word(nodes); !node.empty(); node = take_word(nodes)) {
        net_.roundabout_junctions.emplace_back(node);
      }
    } else if (element.is("type")) {
      if (const auto priority = element.integer("priority")) {
        priority_by_type_[std::string(element.required_text("id"))] = static_cast<int>(*priority);
      }
    }
  }

  void start_part(const XmlElement& element) {
    if (within_ == Within::edge && element.is("lane")) {
      add_lane(element);
    } else if (within_ == Within::inner_edge && element.is("lane")) {
      SumoNetFile::Inner& lane = net_.inner[std::string(element.required_text("id"))];
      lane.length_m = element.required_number("length");
      lane.kinds = kinds_of_permissions(element.text("allow"), element.text("disallow"));
    } else if (within_ == Within::junction && element.is("request")) {
      net_.junctions.back().requests.push_back(
          {static_cast<std::uint32_t>(element.required_integer("index")),
           std::string(element.required_text("response"))});
    } else if (within_ == Within::program && element.is("phase")) {
      add_phase(element);
    }
  }

  /// Where the net's own frame lies on the earth; `!` stands for nowhere.
  void read_location(const XmlElement& element) {
    const std::string_view projection = element.text("projParameter");
    if (projection.empty() || projection == "!" || projection == "-" || projection == ".") return;
    const std::vector<LocalPoint> offset = points(element, "netOffset");
    net_.reference.crs = projection;
    if (!offset.empty()) net_.reference.offset = offset.front();
  }

  void start_edge(const XmlElement& element) {
    const std::string_view function = element.text("function");
    if (function == "internal") {
      within_ = Within::inner_edge;
      return;
    }
    if (!function.empty() && function != "normal" && function != "connector") return;
    within_ = Within::edge;
    SumoNetFile::Edge edge;
    edge.id = element.required_text("id");
    edge.name = element.text("name");
    edge.from = element.required_text("from");
    edge.to = element.required_text("to");
    edge.shape = points(element, "shape");
    edge.line = element.line();
    if (const auto priority = element.integer("priority")) {
      edge.priority = static_cast<int>(*priority);
    } else if (const auto typed = priority_by_type_.find(std::string(element.text("type")));
               typed != priority_by_type_.end()) {
      edge.priority = typed->second;
    }
    const auto row = static_cast<std::uint32_t>(net_.edges.size());
    if (!net_.edge_by_id.emplace(edge.id, row).second) {
      element.fail("edge '" + edge.id + "' is there twice");
    }
    net_.edges.push_back(std::move(edge));
  }

  void add_lane(const XmlElement& element) {
    SumoNetFile::Edge& edge = net_.edges.back();
    if (element.required_integer("index") != static_cast<std::int64_t>(edge.lanes.size())) {
      element.fail("lane " + std::string(element.text("index")) + " of edge '" + edge.id +
                   "' does not follow the one before it");
    }
    SumoNetFile::Lane lane;
    lane.kinds = kinds_of_permissions(element.text("allow"), element.text("disallow"));
    lane.speed_mps = element.required_number("speed");
    lane.length_m = element.required_number("length");
    lane.width_m = element.number("width").value_or(default_width_m);
    lane.shape = points(element, "shape");
    edge.lanes.push_back(std::move(lane));
  }

  void start_junction(const XmlElement& element) {
    const std::string_view type = element.text("type");
    if (type == "internal") return;
    within_ = Within::junction;
    net_.junctions.push_back({std::string(element.required_text("id")),
                              std::string(type),
                              std::string(element.text("incLanes")),
                              {element.required_number("x"), element.required_number("y")},
                              {},
                              element.line()});
  }

  void add_connection(const XmlElement& element) {
    const std::string_view from_id = element.required_text("from");
    const std::string_view to_id = element.required_text("to");
    if (from_id.starts_with(':')) {
      if (!element.has("via")) return;
      const auto inner = net_.inner.find(std::string(from_id) + "_" +
                                         std::string(element.required_text("fromLane")));
      if (inner != net_.inner.end()) inner->second.next = element.text("via");
      return;
    }
    if (to_id.starts_with(':')) return;  // from a footway onto a place where people walk
    SumoNetFile::Connection connection;
    connection.from = edge_named(element, from_id);
    connection.to = edge_named(element, to_id);
    connection.from_lane = lane_of(element, "fromLane", connection.from);
    connection.to_lane = lane_of(element, "toLane", connection.to);
    connection.kinds = kinds_of_permissions(element.text("allow"), element.text("disallow"));
    connection.via = element.text("via");
    connection.signal = element.text("tl");
    connection.line = element.line();
    if (!connection.signal.empty()) {
      const std::int64_t index = element.required_integer("linkIndex");
      if (index < 0) connection.signal.clear();  // -1: the signal does not rule it
      connection.signal_index = static_cast<std::uint32_t>(std::max<std::int64_t>(index, 0));
    }
    net_.connections.push_back(std::move(connection));
  }

  void start_program(const XmlElement& element) {
    within_ = Within::program;
    SumoNetFile::Program program;
    program.id = element.required_text("id");
    program.program = element.text("programID");
    program.type = element.text("type");
    if (element.text("offset") != "begin") program.offset_s = element.number("offset").value_or(0);
    net_.programs.push_back(std::move(program));
  }

  void add_phase(const XmlElement& element) {
    auto& phases = net_.programs.back().phases;
    SumoNetFile::Phase phase;
    phase.state = element.required_text("state");
    phase.duration_s = element.required_number("duration");
    const auto least = element.number("minDur");
    phase.least_s = least.value_or(phase.duration_s);
    phase.most_s = element.number("maxDur").value_or(least ? default_most_s : phase.duration_s);
    phase.jumps = element.has("next");
    phase.line = element.line();
    phases.push_back(std::move(phase));
  }

  std::uint32_t edge_named(const XmlElement& element, std::string_view id) {
    id_.assign(id);
    const auto found = net_.edge_by_id.find(id_);
    if (found == net_.edge_by_id.end()) {
      element.fail("connection of edge '" + id_ + "', which is not there");
    }
    return found->second;
  }

  std::uint32_t lane_of(const XmlElement& element, std::string_view attribute,
                        std::uint32_t edge) const {
    const std::int64_t lane = element.required_integer(attribute);
    if (lane < 0 || lane >= static_cast<std::int64_t>(net_.edges[edge].lanes.size())) {
      element.fail("connection of lane " + std::to_string(lane) + " of edge '" +
                   net_.edges[edge].id + "', which is not there");
    }
    return static_cast<std::uint32_t>(lane);
  }

  /// `x,y x,y ...` or `x,y,z x,y,z ...`; heights are left out.
  static std::vector<LocalPoint> points(const XmlElement& element, std::string_view attribute) {
    std::vector<LocalPoint> points;
    std::string_view text = element.text(attribute);
    for (auto word = take_word(text); !word.empty(); word = take_word(text)) {
      LocalPoint point;
      const char* const end = word.data() + word.size();
      const auto x = std::from_chars(word.data(), end, point.x_m);
      const bool comma = x.ec == std::errc{} && x.ptr != end && *x.ptr == ',';
      if (!comma || std::from_chars(x.ptr + 1, end, point.y_m).ec != std::errc{}) {
        element.fail("'" + std::string(word) + "' in '" + std::string(attribute) + "' of <" +
                     std::string(element.name()) + "> is no point");
      }
      points.push_back(point);
    }
    return points;
  }

  SumoNetFile& net_;
  int depth_ = 0;
  Within within_ = Within::nothing;
  std::unordered_map<std::string, int> priority_by_type_;
  std::string id_;
};

}  // namespace

SumoNetFile read_sumo_net_file(const std::filesystem::path& path) {
  SumoNetFile net;
  net.path = path.string();
  NetHandler handler(net);
  read_xml(path, handler);
  return net;
}

}  // namespace kontwin::traffic
