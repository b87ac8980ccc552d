#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kontwin::hdf5 {

/// What HDF5's shuffle and deflate filters make of a chunk: the bytes of its elements sorted by
/// their place in the element, then zlib at its fastest level. Done here so that branches compress
/// at the same time, outside the Lock.
std::vector<std::byte> shuffle_and_deflate(std::span<const std::byte> chunk,
                                           std::size_t element_size);

/// The level that shuffle_and_deflate uses.
inline constexpr unsigned deflate_level = 1;

}  // namespace kontwin::hdf5
