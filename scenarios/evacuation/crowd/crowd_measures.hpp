#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/evacuation/crowd/building.hpp"
#include "scenarios/evacuation/crowd/pedestrians.hpp"

namespace kontwin::crowd {

/// A line on a surface at which people are counted. Forward is from the right of a → b to its left.
struct MeasureLine {
  std::string id;
  std::uint32_t surface = 0;
  LocalPoint a, b;
};

/// Who crossed a line, in the order of time.
struct LineRecord {
  std::vector<double> forward_s, backward_s;
};

/// A part of a surface in which density and speed are sampled (the classical way: heads inside over
/// its area, and the mean of their speeds).
struct MeasureArea {
  std::string id;
  std::uint32_t surface = 0;
  Polygon shape;
  double every_s = 1;
  double from_s = 0;
};

struct AreaRecord {
  struct Sample {
    double time_s;
    double density_per_m2;
    double speed_mps;      ///< mean, along whatever way they walk; 0 when nobody is inside
    std::uint32_t people;  ///< bodies inside
  };
  std::vector<Sample> samples;
};

/// Keeps the records of lines and areas.
class CrowdMeasures {
 public:
  /// Positions are relative to `origin`.
  explicit CrowdMeasures(LocalPoint origin) : origin_(origin) {}

  std::size_t add(const MeasureLine& line);
  /// Throws ScenarioError when the area is none or its times are not numbers.
  std::size_t add(const MeasureArea& area);
  bool empty() const { return lines_.empty() && areas_.empty(); }

  /// After a step that ended at `now_s`; `before` are the positions before it, by row.
  void look(double now_s, const Pedestrians& people, const std::vector<float>& before_x_m,
            const std::vector<float>& before_y_m);

  const LineRecord& line(std::size_t index) const { return line_records_.at(index); }
  const AreaRecord& area(std::size_t index) const { return area_records_.at(index); }

 private:
  struct Area {
    MeasureArea given;
    double square_m = 0;
    double next_s = 0;
  };

  LocalPoint origin_;
  std::vector<MeasureLine> lines_;
  std::vector<Area> areas_;
  std::vector<LineRecord> line_records_;
  std::vector<AreaRecord> area_records_;
};

}  // namespace kontwin::crowd
