#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "twin/frame.hpp"
#include "twin/grid_turn.hpp"

namespace kontwin {

/// Records a run to one HDF5 file (docs/formats.md): what branch it was, the state, grids, movers
/// and balances of every frame, events and KPIs. After each frame the file on disk holds everything
/// up to that frame, whatever happens to the process next: killed, or out of disk space. The same
/// frames give the same bytes. Any number of recorders may work at the same time, each from one
/// thread.
class RunWriter final : public RunSink {
 public:
  /// The file is made by begin(); one that is there already is replaced. `plane` is the coordinate
  /// system that all places are in, in well-known text; empty: the world's own frame. Places lie
  /// along axes that are turned on it by `turn`.
  explicit RunWriter(std::filesystem::path path, std::string plane = {}, const GridTurn& turn = {});
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
  std::string plane_;
  GridTurn turn_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kontwin
