#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twin/balance.hpp"
#include "twin/branch.hpp"
#include "twin/evacuation_record.hpp"
#include "twin/event.hpp"
#include "twin/impact.hpp"
#include "twin/kpi.hpp"
#include "twin/raster.hpp"
#include "twin/run_table.hpp"

namespace kontwin {

/// A grid of values an engine shows in a frame (water depth, speed).
struct FieldView {
  std::string name;  ///< `water_depth_m`
  std::string grid;  ///< name of the terrain grid it lies on, or of its own
  GridShape shape;
  std::span<const float> values;  ///< valid until the engine advances
};

/// Something that moves, for pictures: not an entity.
struct Mover {
  enum class Kind : std::uint8_t {
    car,
    motorbike,
    bus,
    lorry,
    pedestrian,
    boat,
    ambulance,
    boulder
  };
  float x_m = 0;
  float y_m = 0;
  Kind kind = Kind::car;
  std::uint8_t evacuating = 0;  ///< 1 when on the way to a shelter
};

/// The state of a branch at one exchange, as a recorder or a viewer gets it.
struct Frame {
  Instant at;
  const StateTable* state = nullptr;
  std::vector<FieldView> fields;
  std::vector<Mover> movers;
  std::vector<Balance> balances;
};

/// A grid of values over the whole of a run.
struct RunMap {
  std::string name;  ///< `maximum_depth_m`
  std::string grid;  ///< name of the terrain grid it lies on
  Raster<float> raster;
};

/// What is known when a run is over, beside its KPIs.
struct RunSummary {
  std::vector<RunMap> maps;
  std::vector<ImpactSpell> impacts;  ///< by their beginning, kind of impact and entity
  EvacuationRecord evacuation;       ///< empty where nobody was told to leave
  std::vector<RunTable> tables;      ///< lists of the engines, by their order
};

/// Takes what a running branch leaves. The branch runner calls begin once, then frame and events in
/// time order, then summary and end once; a run that stops early has no end. What a sink throws
/// stops the run.
class RunSink {
 public:
  virtual ~RunSink() = default;
  virtual void begin(const Branch& branch) = 0;
  virtual void frame(const Frame& frame) = 0;
  virtual void events(std::span<const Event> events) = 0;
  virtual void summary(const RunSummary& /*summary*/) {}
  virtual void end(const KpiList& kpis) = 0;
};

}  // namespace kontwin
