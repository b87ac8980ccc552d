#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "twin/balance.hpp"
#include "twin/event.hpp"
#include "twin/frame.hpp"
#include "twin/grid_turn.hpp"
#include "twin/kpi.hpp"
#include "twin/raster.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// What a run was: its branch, without the state.
struct RunHeader {
  std::string program;  ///< `kontwin 0.1.0`
  std::string world_name;
  std::string world_hash;  ///< content hash of the world it ran in
  std::string branch;
  std::string title_vi;
  std::string title_en;
  GeoPoint origin;    ///< of the local frame
  std::string plane;  ///< instead of that frame: a coordinate system in well-known text
  GridTurn turn;      ///< of the axes of its grids on that plane
  std::uint64_t seed = 0;
  Instant start;
  Duration length{0};
  Duration window{0};
  Duration frame_every{0};
  std::string edits_json;    ///< docs/formats.md
  std::string forcing_json;  ///< a summary; docs/formats.md
  std::string note_vi;       ///< how much of the world is synthetic; empty: nothing is
  std::string note_en;
  bool complete = false;  ///< false: the run was stopped before its end
};

/// A grid that a run recorded.
struct RecordedField {
  std::string name;  ///< `water_depth_m`
  std::string grid;  ///< `kontum-city`
  GridShape shape;
};

/// Reads a run file; also one whose recorder was killed, up to its last whole frame. Every call
/// throws FileError, naming file and place, where the file is damaged. One thread at a time.
class RunFile {
 public:
  /// Throws FileError when the file is missing, is not a run, or has another format version.
  explicit RunFile(const std::filesystem::path& path);
  ~RunFile();
  RunFile(RunFile&&) noexcept;

  /// Where it was opened, for messages.
  const std::string& path() const;
  const RunHeader& header() const;
  /// The moments of the frames, rising.
  const std::vector<Instant>& times() const;
  std::size_t frames() const { return times().size(); }
  /// The moment of the last frame; the start where there is none.
  Instant end() const;
  /// The frame nearest to a moment, the earlier of two; throws FileError when there is none.
  std::size_t nearest_frame(Instant at) const;

  /// The heights of a run on a terrain of its own, coarse grids before finer ones, along the axes
  /// of the header's turn; NaN where there is none. Empty for a run in a world.
  struct Ground {
    std::string grid;
    Raster<float> elevation_m;
  };
  std::vector<Ground> ground() const;

  /// URNs of a kind, by row.
  std::vector<std::string> urns(Kind kind) const;
  /// Names and places of a kind, by row.
  std::vector<std::string> entity_names(Kind kind) const;
  std::vector<LocalPoint> places(Kind kind) const;
  /// The names of the communes they lie in, by row; empty texts where that is not known.
  std::vector<std::string> communes(Kind kind) const;
  /// One state column, by row; NaN where nothing was known.
  std::vector<double> column(std::size_t frame, Kind kind, std::size_t column) const;
  /// All columns of all kinds.
  StateTable state(std::size_t frame) const;

  /// All grids, by grid and name.
  const std::vector<RecordedField>& fields() const;
  /// A grid in a frame; nothing when the run has no such grid or not yet.
  std::optional<Raster<float>> field(std::size_t frame, const std::string& name,
                                     const std::string& grid) const;
  /// The same from the first grid with a field of that name.
  std::optional<Raster<float>> field(std::size_t frame, const std::string& name) const;
  std::vector<Mover> movers(std::size_t frame) const;
  /// By quantity. The texts in them live as long as this object.
  std::vector<Balance> balances(std::size_t frame) const;
  /// All events, in the order they were recorded.
  std::vector<Event> events() const;
  /// Empty for a run that was stopped before its end.
  KpiList kpis() const;
  /// The earthquakes that the branch was given, and when each strikes.
  std::vector<std::pair<Instant, Earthquake>> earthquakes() const;
  /// The maps of the whole run; empty where no engine made any, or before its end.
  std::vector<RecordedField> maps() const;
  /// The unit of a map: `m`; empty for a class.
  std::string unit_of(const RecordedField& map) const;
  /// One of maps(); throws FileError when there is no such map.
  RunMap map(const std::string& name, const std::string& grid) const;
  /// What stood in water or was cut off; empty before the run's end.
  std::vector<ImpactSpell> impacts() const;
  /// Who was to leave and what became of them; empty where nobody was, or before the run's end.
  EvacuationRecord evacuation() const;
  /// The lists that the engines left, by id; empty before the run's end.
  std::vector<RunTable> tables() const;

  /// Throws FileError unless the run was made in this world: rows mean nothing in another.
  void require_world(const World& world) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Makes a run file whose recorder was killed whole for readers that know of no journal (h5py,
/// h5dump): see CommitFile::mend. True when there was something to mend. Throws FileError when it
/// is no run, is still being recorded, or cannot be written.
bool mend_run(const std::filesystem::path& path);

}  // namespace kontwin
