#pragma once

#include <cstdint>
#include <string_view>

namespace kontwin::synthesis {

/// Seeds of the sample world's random streams: the same world for everyone.
inline constexpr std::uint64_t world_seed = 0x4B6F6E54756DULL;

/// A number for a text, the same on every machine (FNV-1a, 64 bits).
constexpr std::uint64_t key_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

}  // namespace kontwin::synthesis
