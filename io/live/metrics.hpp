#pragma once

#include <string>

#include "actors/mirror.hpp"

namespace kontwin {

/// What a mirror has done so far, in the text format of Prometheus.
std::string metrics_text(const Mirror& mirror);

}  // namespace kontwin
