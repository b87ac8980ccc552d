#pragma once

#include <hdf5.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "io/hdf5/handle.hpp"

namespace kontwin::hdf5 {

using Extent = std::vector<hsize_t>;

/// An array in a file. Errors are FileErrors that name the file, the dataset and HDF5's reason.
class Dataset {
 public:
  Dataset() = default;
  Dataset(std::string file, std::string name, Handle id);

  explicit operator bool() const { return static_cast<bool>(id_); }
  const std::string& name() const { return name_; }
  hid_t id() const { return id_.get(); }
  Extent extent() const;
  /// The number of elements. Throws as must_hold.
  std::size_t elements() const;
  /// The same of a list; throws for an array that has not one axis.
  std::size_t list_size() const;
  /// Throws unless the file can hold `bytes` of this array: a damaged extent must not take memory
  /// that the file has no data for. To be asked before memory is taken for a read.
  void must_hold(std::uint64_t bytes) const;
  /// Grows (or shrinks) an array that was made to grow.
  void resize(const Extent& extent);

  /// Writes a block of elements in the type `memory_type`, uncompressed or by HDF5's own filters.
  void write(hid_t memory_type, const Extent& start, const Extent& count, const void* data);
  void read(hid_t memory_type, const Extent& start, const Extent& count, void* target) const;
  /// Writes one whole chunk that shuffle_and_deflate compressed.
  void write_chunk(const Extent& start, std::span<const std::byte> compressed);

  [[noreturn]] void fail(const char* what) const;

 private:
  std::string file_;
  std::string name_;
  Handle id_;
};

/// How an array is made.
struct Layout {
  hid_t type = H5I_INVALID_HID;
  Extent extent{};
  Extent chunk{};              ///< empty: not chunked, so it cannot grow
  bool grows = false;          ///< without limit along the first axis
  bool compressed = false;     ///< shuffle and deflate
  const void* fill = nullptr;  ///< an element of `type`; null: zeros
};

/// A matrix of numbers in bands of rows, each band a compressed chunk; or, with frames, a matrix
/// each frame. Row i holds `width` elements.
struct Bands {
  std::size_t rows = 0;
  std::size_t width = 1;
  std::size_t element_size = 8;
  std::size_t per_band = 1;  ///< rows a band

  /// Bands of about a megabyte.
  static Bands of(std::size_t rows, std::size_t width, std::size_t element_size);
  std::size_t count() const { return (rows + per_band - 1) / per_band; }
};

/// Compresses and writes a matrix; `leading` is the frame's number, or empty for an array without
/// frames. Bands in which every byte is zero are left out when `skip_zero` (the fill value).
void write_bands(Dataset& dataset, const Bands& bands, const Extent& leading, const void* data,
                 bool skip_zero);

}  // namespace kontwin::hdf5
