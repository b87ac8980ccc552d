#pragma once

#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "io/run/run_writer.hpp"
#include "tests/support/small_world.hpp"
#include "twin/frame.hpp"

namespace kontwin::testing {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A branch of a small town, and frames whose every value says which frame it belongs to.
struct MadeRun {
  std::shared_ptr<const World> world = town(12);
  GridShape shape{0, 0, 20, 120, 700};
  std::vector<float> depth = std::vector<float>(shape.cells());

  Branch branch() const {
    Branch made;
    made.name = "evacuate";
    made.title_vi = "Sơ tán phường thấp";
    made.title_en = "Evacuate the low wards";
    made.world = world;
    made.state = StateTable(*world);
    made.start = *parse_instant("2025-11-18T03:00:00+07:00");
    made.length = std::chrono::hours{2};
    made.seed = 42;
    made.edits = {{made.start, SetRoadOpen{3, false}},
                  {made.start + std::chrono::minutes{5}, OrderEvacuation{{0, 1, 2}}},
                  {made.start, SetRelease{0, nan}},
                  {made.start + std::chrono::minutes{20},
                   Earthquake{.epicentre = {120, -40}, .magnitude = 5.5, .depth_km = 8}}};
    made.forcing.rain_mmph = {{made.start, made.start + made.length}, {10, 30}};
    made.forcing.inflows = {{"Đăk Bla", {1, 2}, {{made.start}, {1200}}}};
    return made;
  }

  StateTable state(std::size_t frame) const {
    StateTable table(*world);
    auto flow = table.column(Kind::road, road_column::flow_vph);
    for (std::size_t i = 0; i < flow.size(); ++i) {
      flow[i] = static_cast<double>(1000 * frame + i) + 0.1;
    }
    table.column(Kind::river_gauge, river_gauge_column::stage_m)[0] =
        101 + 0.01 * static_cast<double>(frame);
    // Known from the second frame on.
    table.column(Kind::rain_gauge, rain_gauge_column::rain_mmph)[0] =
        frame == 0 ? nan : static_cast<double>(frame);
    return table;
  }

  /// Hands frame number `n` to a sink.
  void show(RunSink& sink, std::size_t n) {
    const StateTable table = state(n);
    for (std::size_t i = 0; i < 3000; ++i) {
      depth[(i * 31 + n) % depth.size()] = static_cast<float>(n) + 0.25F;
    }
    Frame frame;
    frame.at = branch().start + n * std::chrono::minutes{10};
    frame.state = &table;
    frame.fields.push_back({"water_depth_m", "town", shape, depth});
    for (std::size_t i = 0; i < n * 100; ++i) {
      frame.movers.push_back({static_cast<float>(i), static_cast<float>(n), Mover::Kind::lorry,
                              static_cast<std::uint8_t>(i % 2)});
    }
    frame.balances.push_back({"water", "m³", 10, 5, 3, 1, 11, 0.5});
    frame.balances.push_back({"vehicles", "veh", 0, double(n), 0, 0, double(n), 0});
    sink.frame(frame);
  }

  Event event(std::size_t n) const {
    return {branch().start + n * std::chrono::minutes{10},
            {Kind::road, static_cast<std::uint32_t>(n)},
            EventType::water_depth_crossed,
            0.3 + double(n),
            Severity::warning};
  }

  KpiList kpis(double exposed) const {
    return {{"people_exposed", "Người bị ảnh hưởng", "People exposed", "person", exposed,
             Kpi::Better::lower},
            {"evacuation_mean_s", "Thời gian sơ tán trung bình", "Mean evacuation time", "s", nan,
             Kpi::Better::lower}};
  }

  void record(RunSink& sink, std::size_t frames, double exposed = 1234) {
    sink.begin(branch());
    for (std::size_t n = 0; n < frames; ++n) {
      show(sink, n);
      const std::vector<Event> events{event(n), event(n + 1)};
      sink.events(events);
    }
    sink.end(kpis(exposed));
  }
};

}  // namespace kontwin::testing
