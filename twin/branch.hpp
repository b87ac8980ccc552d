#pragma once

#include <memory>
#include <string>
#include <vector>

#include "twin/edit.hpp"
#include "twin/forcing.hpp"
#include "twin/state_table.hpp"
#include "twin/world.hpp"

namespace kontwin {

/// A what-if: the shared World, a copy of the state table at a moment, edits, and what drives it.
/// Forking copies the state table and nothing else.
struct Branch {
  std::string name;      ///< `no-action`
  std::string title_vi;  ///< `Không can thiệp`
  std::string title_en;  ///< `No action`
  std::shared_ptr<const World> world;
  StateTable state;  ///< at `start`
  Instant start;
  /// How long before the start water and traffic are set going, so that they are there when it
  /// comes: roads are empty and rivers steady at `start - lead_in`. A whole number of windows.
  Duration lead_in{0};
  Duration length{0};
  Duration window{std::chrono::seconds{60}};       ///< between exchanges
  Duration frame_every{std::chrono::minutes{10}};  ///< a multiple of the window
  std::uint64_t seed = 1;
  std::vector<TimedEdit> edits;
  Forcing forcing;

  Instant lead_in_start() const { return start - lead_in; }
};

}  // namespace kontwin
