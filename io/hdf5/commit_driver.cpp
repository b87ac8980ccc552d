#include "io/hdf5/commit_driver.hpp"

#include <limits>
#include <new>

#include "io/hdf5/handle.hpp"
#include "twin/error.hpp"

// A virtual file driver: the C interface through which HDF5 reaches bytes. Its callbacks must not
// throw.
namespace kontwin::hdf5 {

namespace {

struct Info {
  CommitFile* file = nullptr;
};

struct DriverFile {
  H5FD_t base;  // must be first: HDF5 sees only this part
  CommitFile* file = nullptr;
  haddr_t end_of_allocation = 0;
};

constexpr haddr_t highest_address = std::numeric_limits<std::int64_t>::max();

CommitFile& file_of(H5FD_t* file) { return *reinterpret_cast<DriverFile*>(file)->file; }

H5FD_t* open_file(const char*, unsigned, hid_t access, haddr_t) {
  const auto* info = static_cast<const Info*>(H5Pget_driver_info(access));
  auto* file = new (std::nothrow) DriverFile{};
  if (file == nullptr || info == nullptr) {
    delete file;
    return nullptr;
  }
  file->file = info->file;
  return &file->base;
}

herr_t close_file(H5FD_t* file) {
  delete reinterpret_cast<DriverFile*>(file);
  return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t get_end_of_allocation(const H5FD_t* file, H5FD_mem_t) {
  return reinterpret_cast<const DriverFile*>(file)->end_of_allocation;
}

herr_t set_end_of_allocation(H5FD_t* file, H5FD_mem_t, haddr_t end) {
  reinterpret_cast<DriverFile*>(file)->end_of_allocation = end;
  return 0;
}

haddr_t get_end_of_file(const H5FD_t* file, H5FD_mem_t) {
  return reinterpret_cast<const DriverFile*>(file)->file->size();
}

herr_t read_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size,
                  void* target) {
  try {
    file_of(file).read(address, {static_cast<std::byte*>(target), size});
    return 0;
  } catch (const Error&) {
    return -1;
  }
}

herr_t write_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size,
                   const void* data) {
  try {
    file_of(file).write(address, {static_cast<const std::byte*>(data), size});
    return 0;
  } catch (const std::exception&) {  // no memory, or a page that cannot be read back
    return -1;
  }
}

herr_t truncate_file(H5FD_t* file, hid_t, hbool_t) {
  file_of(file).resize(reinterpret_cast<DriverFile*>(file)->end_of_allocation);
  return 0;
}

H5FD_class_t driver_class() {
  H5FD_class_t driver{};
  driver.name = "kontwin-commit";
  driver.maxaddr = highest_address;
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(Info);
  driver.open = open_file;
  driver.close = close_file;
  driver.query = query;
  driver.get_eoa = get_end_of_allocation;
  driver.set_eoa = set_end_of_allocation;
  driver.get_eof = get_end_of_file;
  driver.read = read_bytes;
  driver.write = write_bytes;
  driver.truncate = truncate_file;
  const H5FD_mem_t map[H5FD_MEM_NTYPES] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(map), std::end(map), std::begin(driver.fl_map));
  return driver;
}

}  // namespace

void use_commit_file(hid_t file_access, CommitFile& file) {
  static const H5FD_class_t driver = driver_class();
  static const hid_t driver_id = H5FDregister(&driver);
  const Info info{&file};
  if (driver_id < 0 || H5Pset_driver(file_access, driver_id, &info) < 0) {
    throw FileError(file.path(), "HDF5 does not take the file driver: " + take_error());
  }
}

}  // namespace kontwin::hdf5
