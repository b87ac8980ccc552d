#include "io/hdf5/deflate.hpp"

#include <zlib.h>

#include "twin/error.hpp"

namespace kontwin::hdf5 {

std::vector<std::byte> shuffle_and_deflate(std::span<const std::byte> chunk,
                                           std::size_t element_size) {
  const std::size_t elements = chunk.size() / element_size;
  std::vector<std::byte> shuffled(chunk.size());
  for (std::size_t byte = 0; byte < element_size; ++byte) {
    std::byte* target = shuffled.data() + byte * elements;
    const std::byte* source = chunk.data() + byte;
    for (std::size_t i = 0; i < elements; ++i) target[i] = source[i * element_size];
  }
  uLongf length = compressBound(chunk.size());
  std::vector<std::byte> compressed(length);
  const int result = compress2(reinterpret_cast<Bytef*>(compressed.data()), &length,
                               reinterpret_cast<const Bytef*>(shuffled.data()), shuffled.size(),
                               static_cast<int>(deflate_level));
  if (result != Z_OK) throw Error("zlib cannot compress a chunk");
  compressed.resize(length);
  return compressed;
}

}  // namespace kontwin::hdf5
