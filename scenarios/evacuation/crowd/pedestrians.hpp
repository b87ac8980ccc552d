#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kontwin::crowd {

/// The people who are on the ground, as columns in the order of the places where they are
/// (CellList), so that neighbours lie side by side in memory. Metres from the ground's origin.
/// Each column is `lanes` longer than there are people.
struct Pedestrians {
  std::vector<float> x_m, y_m, z_m;
  std::vector<float> vx_mps, vy_mps;        ///< of the last step
  std::vector<float> heading_x, heading_y;  ///< unit vector
  std::vector<float> radius_m;              ///< of the body, seen from above as a disc
  std::vector<std::uint32_t> person, surface;
  /// Where each wishes to walk (unit vector, or 0 to stand) and how fast; set before each step.
  std::vector<float> wish_x, wish_y, wish_mps;

  std::size_t count() const { return count_; }
  /// Changes how many there are; the new ones are at 0.
  void resize(std::size_t count);
  /// Row `from` becomes row `to` of `into`, all but the wishes.
  void copy_row(std::size_t from, Pedestrians& into, std::size_t to) const;
  /// Takes out the rows that are not kept (`keep` 0), in order.
  void keep_only(std::span<const std::uint8_t> keep);

 private:
  std::size_t count_ = 0;
};

}  // namespace kontwin::crowd
