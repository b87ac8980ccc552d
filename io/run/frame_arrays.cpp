#include "io/run/frame_arrays.hpp"

#include <limits>

#include "io/run/run_format.hpp"
#include "twin/error.hpp"

namespace kontwin::run_format {

namespace {

using hdf5::Bands;
using hdf5::File;
using hdf5::Handle;
using hdf5::number_type;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Rows of few bytes share a chunk among frames; a chunk of its own for 16 bytes would drown them.
constexpr std::size_t small_bytes = 4096;

/// How many frames share a chunk.
std::size_t frames_a_chunk(std::size_t rows) {
  return std::max<std::size_t>(small_bytes / (rows * sizeof(double)), 1);
}

}  // namespace

GrowingList::GrowingList(File& file, const std::string& name, const Handle& in_file,
                         Handle in_memory, std::size_t per_chunk)
    : in_memory_(std::move(in_memory)),
      dataset_(file.create_dataset(name, {.type = in_file.get(),
                                          .extent = {0},
                                          .chunk = {per_chunk},
                                          .grows = true,
                                          .compressed = true})) {}

void GrowingList::append(const void* items, std::size_t count) {
  if (count == 0) return;
  dataset_.resize({size_ + count});
  dataset_.write(in_memory_.get(), {size_}, {count}, items);
  size_ += count;
}

FrameRows::FrameRows(File& file, const std::string& name, std::size_t rows)
    : bands_(Bands::of(rows, 1, sizeof(double))),
      small_(frames_a_chunk(rows) > 1),
      dataset_(file.create_dataset(name, {.type = number_type<double>(),
                                          .extent = {0, rows},
                                          .chunk = {frames_a_chunk(rows), bands_.per_band},
                                          .grows = true,
                                          .compressed = !small_,
                                          .fill = &unknown})) {}

void FrameRows::write(std::size_t frame, std::span<const double> values) {
  dataset_.resize({frame + 1, values.size()});
  if (small_) {
    dataset_.write(number_type<double>(), {frame, 0}, {1, values.size()}, values.data());
  } else {
    hdf5::write_bands(dataset_, bands_, {frame}, values.data(), false);
  }
}

FrameGrids::FrameGrids(File& file, const std::string& name, const FieldView& view)
    : shape_(view.shape),
      bands_(Bands::of(view.shape.rows, view.shape.columns, sizeof(float))),
      dataset_(file.create_dataset(name, {.type = number_type<float>(),
                                          .extent = {0, view.shape.rows, view.shape.columns},
                                          .chunk = {1, bands_.per_band, view.shape.columns},
                                          .grows = true,
                                          .compressed = true})) {
  set_shape(file, name, view.name, shape_);
}

void FrameGrids::write(std::size_t frame, const FieldView& view) {
  if (!(view.shape == shape_) || view.values.size() != shape_.cells()) {
    throw Error("the grid " + view.name + " changed its shape during a run");
  }
  dataset_.resize({frame + 1, shape_.rows, shape_.columns});
  hdf5::write_bands(dataset_, bands_, {frame}, view.values.data(), true);
}

}  // namespace kontwin::run_format
