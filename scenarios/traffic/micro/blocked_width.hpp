#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace kontwin::traffic::micro {

/// The parts of a lane's width behind some of its vehicles, as those see it who follow them.
class BlockedWidth {
 public:
  explicit BlockedWidth(double touch_m) : touch_m_(touch_m) {}

  void add(double lateral_m, double width_m) {
    Strip strip{lateral_m - 0.5 * width_m, lateral_m + 0.5 * width_m};
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const bool overlaps = strips_[i].from_m <= strip.to_m && strips_[i].to_m >= strip.from_m;
      if (overlaps) {
        strip = {std::min(strip.from_m, strips_[i].from_m), std::max(strip.to_m, strips_[i].to_m)};
      } else {
        strips_[kept++] = strips_[i];
      }
    }
    // In a wider lane than anybody has seen the last strip takes in the next one.
    if (kept == strips_.size()) {
      --kept;
      strip = {std::min(strip.from_m, strips_[kept].from_m),
               std::max(strip.to_m, strips_[kept].to_m)};
    }
    strips_[kept] = strip;
    count_ = kept + 1;
  }
  bool holds(double lateral_m, double width_m) const {
    for (std::size_t i = 0; i < count_; ++i) {
      if (lateral_m + 0.5 * width_m + touch_m_ > strips_[i].from_m &&
          lateral_m - 0.5 * width_m - touch_m_ < strips_[i].to_m) {
        return true;
      }
    }
    return false;
  }

 private:
  struct Strip {
    double from_m, to_m;
  };
  double touch_m_;
  std::array<Strip, 8> strips_;
  std::size_t count_ = 0;
};

}  // namespace kontwin::traffic::micro
