#include "io/hdf5/dataset.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "io/hdf5/deflate.hpp"
#include "twin/error.hpp"

namespace kontwin::hdf5 {

Dataset::Dataset(std::string file, std::string name, Handle id)
    : file_(std::move(file)), name_(std::move(name)), id_(std::move(id)) {}

void Dataset::fail(const char* what) const {
  throw FileError(file_, std::string(what) + " " + name_ + ": " + take_error());
}

Extent Dataset::extent() const {
  const Lock lock;
  const Handle space(H5Dget_space(id_.get()));
  const int rank = space ? H5Sget_simple_extent_ndims(space.get()) : -1;
  if (rank < 0) fail("cannot read the extent of");
  Extent extent(static_cast<std::size_t>(rank));
  H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
  return extent;
}

std::size_t Dataset::elements() const {
  const Lock lock;
  const Handle type(H5Dget_type(id_.get()));
  const std::size_t element_bytes = type ? H5Tget_size(type.get()) : 0;
  if (element_bytes == 0) fail("cannot read the type of");
  std::size_t bytes = element_bytes;
  for (const hsize_t length : extent()) {
    if (length != 0 && bytes > SIZE_MAX / length) {
      throw FileError(file_, name_ + " is damaged: its extent is beyond all numbers");
    }
    bytes *= length;
  }
  must_hold(bytes);
  return bytes / element_bytes;
}

std::size_t Dataset::list_size() const {
  if (extent().size() != 1) throw FileError(file_, name_ + " is not a list");
  return elements();
}

void Dataset::must_hold(std::uint64_t bytes) const {
  // Deflate makes at most 1,032 bytes of one (zlib, "Maximum Compression Factor").
  constexpr std::uint64_t most_packed = 1032;
  if (bytes == 0) return;
  const Lock lock;
  const Handle file(H5Iget_file_id(id_.get()));
  hsize_t file_bytes = 0;
  if (!file || H5Fget_filesize(file.get(), &file_bytes) < 0) fail("cannot read the size of");
  const std::uint64_t stored = std::min<std::uint64_t>(H5Dget_storage_size(id_.get()), file_bytes);
  if (bytes / most_packed > stored) {
    throw FileError(file_, name_ + " is damaged: it is said to hold " + std::to_string(bytes) +
                               " bytes, and there is no data for them");
  }
}

void Dataset::resize(const Extent& extent) {
  const Lock lock;
  if (H5Dset_extent(id_.get(), extent.data()) < 0) fail("cannot extend");
}

namespace {

/// The file's and the memory's side of a block.
struct Block {
  Handle file;
  Handle memory;
};

Block select(const Dataset& dataset, const Extent& start, const Extent& count) {
  Block block{Handle(H5Dget_space(dataset.id())),
              Handle(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr))};
  if (!block.file || !block.memory ||
      H5Sget_simple_extent_ndims(block.file.get()) != static_cast<int>(count.size()) ||
      H5Sselect_hyperslab(block.file.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(),
                          nullptr) < 0) {
    dataset.fail("cannot select a part of");
  }
  return block;
}

bool all_zero(std::span<const std::byte> bytes) {
  return std::ranges::all_of(bytes, [](std::byte byte) { return byte == std::byte{0}; });
}

}  // namespace

void Dataset::write(hid_t memory_type, const Extent& start, const Extent& count, const void* data) {
  const Lock lock;
  const Block block = select(*this, start, count);
  if (H5Dwrite(id_.get(), memory_type, block.memory.get(), block.file.get(), H5P_DEFAULT, data) <
      0) {
    fail("cannot write");
  }
}

void Dataset::read(hid_t memory_type, const Extent& start, const Extent& count,
                   void* target) const {
  const Lock lock;
  const Block block = select(*this, start, count);
  if (H5Dread(id_.get(), memory_type, block.memory.get(), block.file.get(), H5P_DEFAULT, target) <
      0) {
    fail("cannot read");
  }
}

void Dataset::write_chunk(const Extent& start, std::span<const std::byte> compressed) {
  const Lock lock;
  if (H5Dwrite_chunk(id_.get(), H5P_DEFAULT, 0, start.data(), compressed.size(),
                     compressed.data()) < 0) {
    fail("cannot write");
  }
}

Bands Bands::of(std::size_t rows, std::size_t width, std::size_t element_size) {
  constexpr std::size_t wanted_bytes = 1U << 20U;
  const std::size_t row_bytes = std::max<std::size_t>(width * element_size, 1);
  const std::size_t fit = std::max<std::size_t>(wanted_bytes / row_bytes, 1);
  return {rows, width, element_size, std::clamp<std::size_t>(rows, 1, fit)};
}

void write_bands(Dataset& dataset, const Bands& bands, const Extent& leading, const void* data,
                 bool skip_zero) {
  const std::size_t row_bytes = bands.width * bands.element_size;
  const std::span all(static_cast<const std::byte*>(data), bands.rows * row_bytes);
  std::vector<std::byte> padded;
  for (std::size_t first = 0; first < bands.rows; first += bands.per_band) {
    const std::size_t rows = std::min(bands.per_band, bands.rows - first);
    std::span<const std::byte> band = all.subspan(first * row_bytes, rows * row_bytes);
    if (skip_zero && all_zero(band)) continue;
    if (rows < bands.per_band) {
      padded.assign(bands.per_band * row_bytes, std::byte{0});
      std::ranges::copy(band, padded.begin());
      band = padded;
    }
    const auto compressed = shuffle_and_deflate(band, bands.element_size);
    Extent start = leading;
    start.push_back(first);
    start.resize(dataset.extent().size(), 0);
    dataset.write_chunk(start, compressed);
  }
}

}  // namespace kontwin::hdf5
