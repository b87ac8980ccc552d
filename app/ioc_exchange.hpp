#pragma once

#include <filesystem>

#include "twin/decision.hpp"

namespace kontwin {

/// Proposes a decision in the store at `store_file`; with `approve` approves it and sends it to a
/// reference IOC receiver that is started for it on a free loopback port, over real HTTP. Prints
/// each step. Returns the decision as it stands in the store afterwards.
Decision exchange_with_ioc(const std::filesystem::path& store_file, const Decision& proposal,
                           bool approve);

}  // namespace kontwin
