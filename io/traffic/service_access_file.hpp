#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "scenarios/traffic/outputs/service_access.hpp"

namespace kontwin::traffic {

/// The name of a commune of a world by its code; the code where the world does not know it.
std::string commune_name(const World& world, const std::string& code);

/// Writes access as CSV: commune_code, commune, service (a kind), people, unreached, mean_min and
/// farthest_min (empty where nobody gets there), people_15_min, people_30_min, people_60_min.
/// Throws FileError.
void write_service_access(const std::filesystem::path& path, const World& world,
                          std::span<const ServiceAccess> access);

}  // namespace kontwin::traffic
