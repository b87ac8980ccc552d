#include "io/flood/sfincs_stations.hpp"

#include <gdal_priv.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "io/import/cf_time.hpp"
#include "io/import/gdal_session.hpp"
#include "twin/error.hpp"

namespace kontwin::flood {

namespace {

constexpr std::size_t most_values = 100'000'000;

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};

/// The arrays of numbers of a netCDF file.
class Arrays {
 public:
  explicit Arrays(const std::filesystem::path& path) : path_(path.string()) {
    static constexpr std::array<const char*, 2> drivers{"netCDF", nullptr};
    file_.reset(GDALDataset::Open(path_.c_str(), GDAL_OF_MULTIDIM_RASTER | GDAL_OF_VERBOSE_ERROR,
                                  drivers.data(), nullptr, nullptr));
    if (file_ != nullptr) root_ = file_->GetRootGroup();
    if (root_ == nullptr) fail("is not a readable netCDF file (" + session_.reason() + ")");
  }

  bool has(const std::string& name) { return root_->OpenMDArray(name) != nullptr; }
  std::string unit(const std::string& name) { return open(name)->GetUnit(); }
  /// All of an array of these sizes, the last running fastest.
  std::vector<double> read(const std::string& name, const std::vector<std::size_t>& sizes) {
    const auto array = open(name);
    const auto& dimensions = array->GetDimensions();
    const bool fits = std::ranges::equal(dimensions, sizes, {},
                                         [](const auto& of) { return std::size_t{of->GetSize()}; });
    if (!fits) fail("'" + name + "' has not the sizes of its times and stations");
    std::size_t count = 1;
    for (const std::size_t size : sizes) count *= size;
    const std::vector<GUInt64> first(sizes.size(), 0);
    std::vector<double> values(count);
    if (!array->Read(first.data(), sizes.data(), nullptr, nullptr,
                     GDALExtendedDataType::Create(GDT_Float64), values.data())) {
      fail("'" + name + "' cannot be read (" + session_.reason() + ")");
    }
    return values;
  }
  /// The length of an array of one dimension.
  std::size_t length(const std::string& name) {
    const auto array = open(name);
    if (array->GetDimensionCount() != 1) fail("'" + name + "' is no list");
    const auto size = std::size_t{array->GetDimensions()[0]->GetSize()};
    if (size == 0 || size > most_values) fail("'" + name + "' has no values, or too many");
    return size;
  }
  [[noreturn]] void fail(const std::string& reason) const { throw FileError(path_, reason); }

 private:
  std::shared_ptr<GDALMDArray> open(const std::string& name) {
    auto array = root_->OpenMDArray(name);
    if (array == nullptr) fail("has no variable '" + name + "'");
    return array;
  }

  std::string path_;
  GdalSession session_;
  std::unique_ptr<GDALDataset, CloseDataset> file_;
  std::shared_ptr<GDALGroup> root_;
};

std::vector<Instant> times_of(Arrays& file, std::size_t count) {
  const auto unit = CfTime::of(file.unit("time"));
  if (!unit || !unit->zero) {
    file.fail(
        "does not say when its times are: 'time' needs units such as 'minutes since 2010-02-05 "
        "00:00:00', in UTC");
  }
  std::vector<Instant> times;
  for (const double value : file.read("time", {count})) {
    constexpr double longest_s = 3.2e9;
    const double after_s = value * unit->unit_s;
    if (!(std::abs(after_s) <= longest_s)) file.fail("a time is out of all reason");
    times.push_back(*unit->zero + from_seconds(after_s));
    if (times.size() > 1 && times.back() <= times[times.size() - 2]) {
      file.fail("time " + std::to_string(times.size()) + " is not later than the one before");
    }
  }
  return times;
}

}  // namespace

SfincsStations read_sfincs_stations(const std::filesystem::path& path, const std::string& variable,
                                    double lowest, const GridTurn& turn) {
  Arrays file(path);
  const std::size_t times = file.length("time"), count = file.length("x");
  if (times > most_values / count) file.fail("has more than 100 million values");
  const auto at = times_of(file, times);
  const auto x_m = file.read("x", {count}), y_m = file.read("y", {count});
  const auto values = file.read(variable, {times, count});
  if (file.has("zi")) {
    const auto waves = file.read("zi", {times, count});
    const bool any =
        std::ranges::any_of(waves, [](double m) { return std::isfinite(m) && m != 0; });
    if (any) file.fail("holds waves ('zi'), and there are none here");
  }
  SfincsStations stations;
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isfinite(x_m[i]) || !std::isfinite(y_m[i])) {
      file.fail("station " + std::to_string(i + 1) + " has no place");
    }
    stations.points.push_back({turn.along_axes({x_m[i], y_m[i]}), std::to_string(i + 1)});
    TimeSeries& series = stations.series.emplace_back();
    series.at = at;
    for (std::size_t time = 0; time < times; ++time) {
      const double value = values[time * count + i];
      if (!(value >= lowest) || std::isinf(value)) {
        file.fail("'" + variable + "' of station " + std::to_string(i + 1) + " is " +
                  std::to_string(value) + " at time " + std::to_string(time + 1) +
                  ", and must be a number from " + std::to_string(lowest) + " on");
      }
      series.value.push_back(value);
    }
  }
  return stations;
}

}  // namespace kontwin::flood
