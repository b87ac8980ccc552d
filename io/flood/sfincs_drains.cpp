#include "io/flood/sfincs_drains.hpp"

#include <cmath>

#include "scenarios/flood/inertial_kernels.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr double most_m3ps = 1e4;
/// So low that every end is deep in water: then an opening lets through μ A √(2 g Δh), whatever
/// the levels.
constexpr double deep_m = -1e5;

StructurePlan plan_of(const std::filesystem::path& path, const WordLine& line,
                      const GridTurn& turn) {
  StructurePlan plan;
  plan.from = turn.along_axes({number_of(path, line, 0), number_of(path, line, 1)});
  plan.to = turn.along_axes({number_of(path, line, 2), number_of(path, line, 3)});
  const double type = number_of(path, line, 4);
  const double capacity = number_of(path, line, 5);
  if (!(capacity >= 0 && capacity <= most_m3ps)) {
    throw FileError(path.string(), line.number,
                    "'" + line.words[5] + "' is no capacity from 0 to 10,000 m³/s");
  }
  if (type == 1) {
    plan.kind = StructurePlan::Kind::pump;
    plan.capacity_m3ps = capacity;
    plan.start_level_m = plan.stop_level_m = deep_m;
  } else if (type == 2 || type == 3) {
    plan.kind = StructurePlan::Kind::bridge;
    plan.sill_m = deep_m;
    plan.orifice_coefficient = 1;
    plan.height_m = capacity / std::sqrt(2 * gravity_mps2);
    plan.one_way = type == 3;
  } else {
    throw FileError(
        path.string(), line.number,
        "'" + line.words[4] + "' is none of the types 1 (pump), 2 (culvert) and 3 (check valve)");
  }
  return plan;
}

}  // namespace

void read_sfincs_drains(const SfincsInput& input, FloodCase& flood_case) {
  const auto file = input.file("drnfile");
  if (!file) return;
  const GridShape& shape = flood_case.ground().elevation_m.shape;
  const auto on_ground = [&](LocalPoint at) {
    return shape.contains(at) && flood_case.outside.front()[shape.cell_of(at)] == 0;
  };
  std::size_t number = 0;
  for (const WordLine& line : read_words(*file, true)) {
    StructurePlan plan = plan_of(*file, line, flood_case.turn);
    plan.name = "drain " + std::to_string(++number);
    const std::string place = file->string() + ":" + std::to_string(line.number);
    if (!on_ground(plan.from) || !on_ground(*plan.to)) {
      flood_case.notes.push_back(place + ": an end lies on no active cell: left out");
    } else if (shape.cell_of(plan.from) == shape.cell_of(*plan.to)) {
      flood_case.notes.push_back(place + ": both ends lie in one cell: left out");
    } else {
      flood_case.options.structures.push_back(std::move(plan));
    }
  }
}

}  // namespace kontwin::flood
