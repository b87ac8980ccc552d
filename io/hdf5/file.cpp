#include "io/hdf5/file.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "io/hdf5/commit_driver.hpp"
#include "io/hdf5/deflate.hpp"
#include "twin/error.hpp"

namespace kontwin::hdf5 {

namespace {

constexpr std::size_t longest_text = 4096;

Handle file_access(CommitFile& file) {
  Handle access(H5Pcreate(H5P_FILE_ACCESS));
  use_commit_file(access.get(), file);
  H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG);
  H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18);
  return access;
}

/// Creation properties of links: names are UTF-8. Parents are made by make_parents and not by HDF5,
/// which would note the time in them.
Handle link_creation() {
  Handle creation(H5Pcreate(H5P_LINK_CREATE));
  H5Pset_char_encoding(creation.get(), H5T_CSET_UTF8);
  return creation;
}

}  // namespace

File::File(File&&) noexcept = default;

File::~File() {
  const Lock lock;
  if (id_ && H5Fclose(id_.release()) < 0) take_error();
}

void File::fail(const std::string& reason) const { throw FileError(path(), reason); }

File File::create(const std::filesystem::path& path, CommitFile::Probe probe) {
  const Lock lock;
  File file(CommitFile::create(path, std::move(probe)));
  const Handle creation(H5Pcreate(H5P_FILE_CREATE));
  H5Pset_obj_track_times(creation.get(), false);
  H5Pset_link_creation_order(creation.get(), 0);
  const Handle access = file_access(*file.file_);
  file.id_ = Handle(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()));
  if (!file.id_) file.fail("cannot be created: " + take_error());
  return file;
}

File File::open(const std::filesystem::path& path) {
  const Lock lock;
  File file(CommitFile::open(path));
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::array<char, 8> start{};
  file.file_->read(0, std::as_writable_bytes(std::span(start)));
  if (std::string_view(start.data(), start.size()) != signature) {
    file.fail(file.file_->size() == 0 ? "is empty" : "is not an HDF5 file");
  }
  // Lives until the reason is taken: to close it would clear HDF5's record of errors.
  const Handle access = file_access(*file.file_);
  file.id_ = Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()));
  if (!file.id_) file.fail("cannot be opened as HDF5: " + take_error());
  return file;
}

void File::commit() {
  const Lock lock;
  if (H5Fflush(id_.get(), H5F_SCOPE_GLOBAL) < 0) fail("cannot be flushed: " + take_error());
  file_->commit();
}

void File::close(bool sync) {
  const Lock lock;
  if (H5Fclose(id_.release()) < 0) fail("cannot be closed: " + take_error());
  file_->commit();
  if (sync) file_->sync();
}

void File::make_parents(const std::string& name) {
  for (std::size_t end = name.find('/', 1); end != std::string::npos;
       end = name.find('/', end + 1)) {
    if (const std::string parent = name.substr(0, end); !has(parent)) make_group(parent);
  }
}

void File::make_group(const std::string& name) {
  const Lock lock;
  make_parents(name);
  const Handle creation(H5Pcreate(H5P_GROUP_CREATE));
  H5Pset_obj_track_times(creation.get(), false);
  const Handle group(
      H5Gcreate2(id_.get(), name.c_str(), link_creation().get(), creation.get(), H5P_DEFAULT));
  if (!group) fail("cannot make the group " + name + ": " + take_error());
}

bool File::has(const std::string& name) const {
  const Lock lock;
  // Each step of the path has to be asked for: HDF5 takes a missing parent for an error.
  for (std::size_t end = name.find('/', 1);; end = name.find('/', end + 1)) {
    const std::string step = name.substr(0, end);
    if (step != "/" && H5Lexists(id_.get(), step.c_str(), H5P_DEFAULT) <= 0) {
      H5Eclear2(H5E_DEFAULT);
      return false;
    }
    if (end == std::string::npos) return true;
  }
}

std::vector<std::string> File::names(const std::string& group) const {
  const Lock lock;
  std::vector<std::string> names;
  const auto add = [](hid_t, const char* name, const H5L_info_t*, void* target) -> herr_t {
    static_cast<std::vector<std::string>*>(target)->emplace_back(name);
    return 0;
  };
  if (H5Literate_by_name(id_.get(), group.c_str(), H5_INDEX_NAME, H5_ITER_INC, nullptr, add, &names,
                         H5P_DEFAULT) < 0) {
    fail("cannot list " + group + ": " + take_error());
  }
  return names;
}

Dataset File::create_dataset(const std::string& name, const Layout& layout) {
  const Lock lock;
  make_parents(name);
  Extent limit = layout.extent;
  if (layout.grows) limit.front() = H5S_UNLIMITED;
  const Handle space(layout.extent.empty()
                         ? H5Screate(H5S_SCALAR)
                         : H5Screate_simple(static_cast<int>(layout.extent.size()),
                                            layout.extent.data(), limit.data()));
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE));
  H5Pset_obj_track_times(creation.get(), false);
  if (!layout.chunk.empty()) {
    H5Pset_chunk(creation.get(), static_cast<int>(layout.chunk.size()), layout.chunk.data());
    if (layout.compressed) {
      H5Pset_shuffle(creation.get());
      H5Pset_deflate(creation.get(), deflate_level);
    }
  }
  if (layout.fill != nullptr) H5Pset_fill_value(creation.get(), layout.type, layout.fill);
  Handle id(H5Dcreate2(id_.get(), name.c_str(), layout.type, space.get(), link_creation().get(),
                       creation.get(), H5P_DEFAULT));
  if (!id) fail("cannot make " + name + ": " + take_error());
  return {path(), name, std::move(id)};
}

Dataset File::open_dataset(const std::string& name) const {
  const Lock lock;
  Handle id(H5Dopen2(id_.get(), name.c_str(), H5P_DEFAULT));
  if (!id) fail("has no " + name + ": " + take_error());
  return {path(), name, std::move(id)};
}

void File::write_numbers(const std::string& name, hid_t type, std::size_t size, const void* data,
                         std::size_t count, std::size_t width) {
  const Bands bands = Bands::of(count / width, width, size);
  Layout layout{.type = type, .extent = {bands.rows}, .chunk = {bands.per_band}};
  if (width > 1) {
    layout.extent.push_back(width);
    layout.chunk.push_back(width);
  }
  if (bands.rows == 0) layout.chunk.clear();
  layout.compressed = !layout.chunk.empty();
  Dataset dataset = create_dataset(name, layout);
  write_bands(dataset, bands, {}, data, false);
}

void File::write_texts(const std::string& name, std::span<const std::string> texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) {
    if (text.size() > longest_text) {
      fail(name + ": a text is longer than 4096 bytes: " + text.substr(0, 40) + "...");
    }
    if (text.find('\0') != std::string::npos) fail(name + ": a text holds a zero byte");
    longest = std::max(longest, text.size());
  }
  std::vector<char> block(texts.size() * longest, '\0');
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::ranges::copy(texts[i], block.begin() + static_cast<std::ptrdiff_t>(i * longest));
  }
  const Handle type = text_type(longest);
  write_numbers(name, type.get(), longest, block.data(), texts.size(), 1);
}

std::vector<std::string> File::read_texts(const std::string& name) const {
  const Lock lock;
  const Dataset dataset = open_dataset(name);
  const Handle stored(H5Dget_type(dataset.id()));
  const std::size_t length = stored ? H5Tget_size(stored.get()) : 0;
  if (length == 0 || length > longest_text || H5Tget_class(stored.get()) != H5T_STRING ||
      H5Tis_variable_str(stored.get()) > 0) {
    fail(name + " does not hold texts of fixed length");
  }
  std::vector<std::string> texts(dataset.list_size());
  std::vector<char> block(texts.size() * length);
  if (texts.empty()) return texts;
  dataset.read(stored.get(), {0}, {texts.size()}, block.data());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const char* begin = block.data() + i * length;
    texts[i].assign(begin, std::find(begin, begin + length, '\0'));
  }
  return texts;
}

void File::write_text(const std::string& name, const std::string& text) {
  const Lock lock;
  const Handle type = text_type(text.size());
  const Dataset dataset = create_dataset(name, {.type = type.get(), .extent = {}, .chunk = {}});
  const std::string data = text.empty() ? std::string(1, '\0') : text;
  if (H5Dwrite(dataset.id(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, data.data()) < 0) {
    dataset.fail("cannot write");
  }
}

std::string File::read_text(const std::string& name) const {
  const Lock lock;
  const Dataset dataset = open_dataset(name);
  const Handle type(H5Dget_type(dataset.id()));
  const std::size_t length = type ? H5Tget_size(type.get()) : 0;
  if (length == 0 || H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) > 0 ||
      !dataset.extent().empty()) {
    fail(name + " does not hold a text");
  }
  dataset.must_hold(length);
  std::string text(length, '\0');
  if (H5Dread(dataset.id(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()) < 0) {
    dataset.fail("cannot read");
  }
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

}  // namespace kontwin::hdf5
