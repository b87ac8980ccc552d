#include <hdf5.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

#include "io/hdf5/handle.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/small_run.hpp"
#include "tests/fuzz/whole_run.hpp"

// A run file that HDF5 takes and whose parts are wrong. Checksums keep most damage to bytes from
// us; here the input is a list of changes, made through HDF5 to a run that was whole: parts left
// out, of another type or extent, turned into groups or links, and filled with other values.
namespace kontwin::fuzz {
namespace {

using hdf5::Handle;

constexpr std::array parts{"/times",
                           "/edits",
                           "/forcing",
                           "/events",
                           "/movers/end",
                           "/movers/list",
                           "/kpis/id",
                           "/kpis/label_vi",
                           "/kpis/unit",
                           "/kpis/value",
                           "/kpis/better",
                           "/balances/water",
                           "/fields/town/water_depth_m",
                           "/fields/town",
                           "/entities/road/urn",
                           "/entities/river_gauge/urn",
                           "/state/road/open",
                           "/state/river_gauge/stage_m",
                           "/fields",
                           "/balances"};
constexpr std::array attributes{"format",   "format_version", "branch", "seed",     "start_ms",
                                "complete", "left_m",         "cell_m", "bottom_m", "units"};

/// Takes the input apart; zeros when it is used up.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}
  bool left() const { return !bytes_.empty(); }
  unsigned byte() {
    if (bytes_.empty()) return 0;
    const auto value = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return value;
  }
  template <typename List>
  auto one_of(const List& list) {
    return list[byte() % std::size(list)];
  }
  /// Small, or a power of two.
  hsize_t length() {
    const unsigned value = byte();
    return value < 64 ? value : hsize_t{1} << (value % 64);
  }

 private:
  std::string_view bytes_;
};

class Damage {
 public:
  Damage(hid_t file, Choices choices) : file_(file), choices_(choices) {}

  void run() {
    for (int changes = 0; changes < 16 && choices_.left(); ++changes) change();
  }

 private:
  void change() {
    const char* const part = choices_.one_of(parts);
    switch (choices_.byte() % 6) {
      case 0:
        H5Ldelete(file_, part, H5P_DEFAULT);
        break;
      case 1:
        replace(part);
        break;
      case 2:
        H5Ldelete(file_, part, H5P_DEFAULT);
        Handle(H5Gcreate2(file_, part, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        break;
      case 3:
        H5Ldelete(file_, part, H5P_DEFAULT);
        H5Lcreate_soft(choices_.one_of(parts), file_, part, H5P_DEFAULT, H5P_DEFAULT);
        break;
      case 4:
        fill(part);
        break;
      default:
        set_attribute(choices_.byte() % 2 == 0 ? "/" : part);
    }
  }

  Handle type() {
    const unsigned which = choices_.byte() % 9;
    const std::array numbers{H5T_NATIVE_INT64, H5T_NATIVE_UINT64, H5T_NATIVE_DOUBLE,
                             H5T_NATIVE_FLOAT, H5T_NATIVE_UINT8,  H5T_NATIVE_INT8};
    if (which < numbers.size()) return Handle(H5Tcopy(numbers[which]));
    if (which == 8) {
      const Handle other(H5Dopen2(file_, choices_.one_of(parts), H5P_DEFAULT));
      return Handle(other ? H5Dget_type(other.get()) : H5Tcopy(H5T_NATIVE_INT));
    }
    Handle text(H5Tcopy(H5T_C_S1));
    H5Tset_size(text.get(), which == 6 ? H5T_VARIABLE : 1 + choices_.byte());
    return text;
  }

  /// A dataset of any type and extent in the place of another.
  void replace(const char* part) {
    const Handle kind = type();
    std::vector<hsize_t> extent(choices_.byte() % 4);
    std::vector<hsize_t> chunk;
    for (hsize_t& length : extent) {
      length = choices_.length();
      chunk.push_back(std::clamp<hsize_t>(length, 1, 16));
    }
    const Handle space(
        extent.empty() ? H5Screate(H5S_SCALAR)
                       : H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr));
    const Handle creation(H5Pcreate(H5P_DATASET_CREATE));
    if (!chunk.empty() && choices_.byte() % 2 == 0) {
      H5Pset_chunk(creation.get(), static_cast<int>(chunk.size()), chunk.data());
    }
    H5Ldelete(file_, part, H5P_DEFAULT);
    Handle(
        H5Dcreate2(file_, part, kind.get(), space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
  }

  /// Other bytes in a dataset of few.
  void fill(const char* part) {
    const Handle dataset(H5Dopen2(file_, part, H5P_DEFAULT));
    if (!dataset) return;
    const Handle kind(H5Dget_type(dataset.get()));
    const Handle space(H5Dget_space(dataset.get()));
    const auto elements = static_cast<hsize_t>(H5Sget_simple_extent_npoints(space.get()));
    constexpr hsize_t most = 4096;
    if (H5Tis_variable_str(kind.get()) > 0 || elements > most) return;
    std::vector<unsigned char> bytes(elements * H5Tget_size(kind.get()));
    const unsigned period = 1 + choices_.byte() % 16;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<unsigned char>(i < period ? choices_.byte() : bytes[i - period]);
    }
    if (!bytes.empty()) {
      H5Dwrite(dataset.get(), kind.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data());
    }
  }

  void set_attribute(const char* part) {
    const char* const name = choices_.one_of(attributes);
    const Handle kind = type();
    const hsize_t length = choices_.byte() % 4;
    const Handle space(length == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, nullptr));
    H5Adelete_by_name(file_, part, name, H5P_DEFAULT);
    const Handle attribute(H5Acreate_by_name(file_, part, name, kind.get(), space.get(),
                                             H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    if (!attribute || H5Tis_variable_str(kind.get()) > 0) return;
    std::vector<unsigned char> bytes(std::max<hsize_t>(length, 1) * H5Tget_size(kind.get()));
    for (std::size_t i = 0; i < std::min<std::size_t>(bytes.size(), 8); ++i) {
      bytes[i] = static_cast<unsigned char>(choices_.byte());
    }
    H5Awrite(attribute.get(), kind.get(), bytes.data());
  }

  hid_t file_;
  Choices choices_;
};

}  // namespace
}  // namespace kontwin::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kontwin;
  static const std::string whole = fuzz::small_run();
  static const fuzz::InputFile input("run.h5");
  const std::filesystem::path& damaged = input.with(whole);
  {
    const hdf5::Lock lock;
    const hdf5::Handle access(H5Pcreate(H5P_FILE_ACCESS));
    H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG);
    const hdf5::Handle file(H5Fopen(damaged.c_str(), H5F_ACC_RDWR, access.get()));
    fuzz::promise(static_cast<bool>(file), "the run to be damaged can be opened");
    fuzz::Damage(file.get(), fuzz::Choices(fuzz::as_text(data, size))).run();
    H5Eclear2(H5E_DEFAULT);
  }
  fuzz::read_damaged(damaged, fuzz::read_whole_run);
  return 0;
}
