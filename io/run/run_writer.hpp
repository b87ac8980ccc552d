#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "twin/frame.hpp"
#include "twin/grid_turn.hpp"

namespace kontwin {

/// A terrain that is no part of a world which others know: that of a flood case.
struct OwnGround {
  std::string plane;  ///< the coordinate system of all places in well-known text; empty: not known
  GridTurn turn;      ///< of the axes that places lie along, on that plane
  std::vector<std::vector<char>> outside;  ///< [grid][cell] 1 where it has no height; may be empty
};

/// Records a run to one HDF5 file (docs/formats.md): what branch it was, the state, grids, movers
/// and balances of every frame, events and KPIs. After each frame the file on disk holds everything
/// up to that frame, whatever happens to the process next: killed, or out of disk space. The same
/// frames give the same bytes. Any number of recorders may work at the same time, each from one
/// thread.
class RunWriter final : public RunSink {
 public:
  /// The file is made by begin(); one that is there already is replaced.
  explicit RunWriter(std::filesystem::path path);
  /// Of a branch on a ground of its own, which the file then holds.
  RunWriter(std::filesystem::path path, OwnGround own);
  ~RunWriter() override;

  /// All five throw FileError when the file cannot be written; it then stays readable to the last
  /// frame that was written whole, and further calls throw again.
  void begin(const Branch& branch) override;
  void frame(const Frame& frame) override;
  void events(std::span<const Event> events) override;
  void summary(const RunSummary& summary) override;
  void end(const KpiList& kpis) override;

  const std::filesystem::path& path() const { return path_; }

 private:
  struct Impl;
  std::filesystem::path path_;
  std::optional<OwnGround> own_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
