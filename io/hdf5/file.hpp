#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/hdf5/commit_file.hpp"
#include "io/hdf5/dataset.hpp"
#include "io/hdf5/types.hpp"

namespace kontwin::hdf5 {

/// An HDF5 file. Any reader of HDF5 1.8 or later can open it (h5py, h5dump). It holds no wall-clock
/// time, so the same content written in the same order gives the same bytes. Errors are FileErrors
/// that name the file, the place in it and HDF5's reason. One thread at a time a file; any number
/// of files at once.
class File {
 public:
  /// A new file, for writing; it changes on disk at each commit() only (see CommitFile).
  static File create(const std::filesystem::path& path, CommitFile::Probe probe = {});
  /// For reading; a file whose writer was killed shows its last commit.
  static File open(const std::filesystem::path& path);
  ~File();
  File(File&&) noexcept;
  File& operator=(File&&) = delete;

  const std::string& path() const { return file_->path(); }
  /// Makes what was written so far the content of the file.
  void commit();
  /// Commits for the last time and closes; with `sync`, waits until it is on the disk.
  void close(bool sync);

  /// Also makes its parents.
  void make_group(const std::string& name);
  bool has(const std::string& name) const;
  /// The names in a group, sorted.
  std::vector<std::string> names(const std::string& group) const;

  // Attributes of the object `name` (`/` for the file itself). A second `set` replaces the first.
  void set(const std::string& name, const char* attribute, std::string_view text);
  void set(const std::string& name, const char* attribute, double number);
  void set(const std::string& name, const char* attribute, std::int64_t number);
  std::string text(const std::string& name, const char* attribute) const;
  double number(const std::string& name, const char* attribute) const;
  std::int64_t integer(const std::string& name, const char* attribute) const;

  Dataset create_dataset(const std::string& name, const Layout& layout);
  Dataset open_dataset(const std::string& name) const;

  // Whole arrays, compressed: a list of numbers, or a matrix with `width` numbers a row.
  template <typename Value>
  void write(const std::string& name, std::span<const Value> values, std::size_t width = 1) {
    write_numbers(name, number_type<Value>(), sizeof(Value), values.data(), values.size(), width);
  }
  template <typename Value>
  std::vector<Value> read(const std::string& name) const {
    const Dataset dataset = open_dataset(name);
    std::vector<Value> values(dataset.elements());
    if (!values.empty()) {
      const Extent extent = dataset.extent();
      dataset.read(number_type<Value>(), Extent(extent.size(), 0), extent, values.data());
    }
    return values;
  }
  /// Texts of up to 4,096 bytes without zero bytes.
  void write_texts(const std::string& name, std::span<const std::string> texts);
  std::vector<std::string> read_texts(const std::string& name) const;
  /// One text of any length.
  void write_text(const std::string& name, const std::string& text);
  std::string read_text(const std::string& name) const;

  /// Throws FileError about this file.
  [[noreturn]] void fail(const std::string& reason) const;

 private:
  explicit File(std::unique_ptr<CommitFile> file) : file_(std::move(file)) {}
  void make_parents(const std::string& name);
  void write_numbers(const std::string& name, hid_t type, std::size_t size, const void* data,
                     std::size_t count, std::size_t width);
  void set_attribute(const std::string& name, const char* attribute, hid_t type, const void* data);
  void read_attribute(const std::string& name, const char* attribute, hid_t type,
                      void* target) const;

  std::unique_ptr<CommitFile> file_;
  Handle id_;
};

}  // namespace kontwin::hdf5
