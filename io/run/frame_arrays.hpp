#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "io/hdf5/file.hpp"
#include "twin/frame.hpp"

// The arrays of a run file that grow frame by frame.
namespace kontwin::run_format {

/// A list that grows at its end, frame after frame.
class GrowingList {
 public:
  /// Items are of one type in memory and another in the file; `per_chunk` items a chunk.
  GrowingList(hdf5::File& file, const std::string& name, const hdf5::Handle& in_file,
              hdf5::Handle in_memory, std::size_t per_chunk);
  void append(const void* items, std::size_t count);
  std::uint64_t size() const { return size_; }

 private:
  hdf5::Handle in_memory_;
  hdf5::Dataset dataset_;
  std::uint64_t size_ = 0;
};

/// A row of numbers each frame: a state column, the columns of a balance. Frames that are not
/// written are NaN.
class FrameRows {
 public:
  FrameRows(hdf5::File& file, const std::string& name, std::size_t rows);
  void write(std::size_t frame, std::span<const double> values);

 private:
  hdf5::Bands bands_;
  bool small_;
  hdf5::Dataset dataset_;
};

/// A grid each frame; what is all zero takes no room.
class FrameGrids {
 public:
  FrameGrids(hdf5::File& file, const std::string& name, const FieldView& view);
  /// Throws Error when the grid is not the shape it was made with.
  void write(std::size_t frame, const FieldView& view);

 private:
  GridShape shape_;
  hdf5::Bands bands_;
  hdf5::Dataset dataset_;
};

}  // namespace kontwin::run_format
