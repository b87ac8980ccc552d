#include "io/hdf5/file.hpp"

// The attributes of hdf5::File.
namespace kontwin::hdf5 {

void File::set_attribute(const std::string& name, const char* attribute, hid_t type,
                         const void* data) {
  const Lock lock;
  if (H5Aexists_by_name(id_.get(), name.c_str(), attribute, H5P_DEFAULT) > 0) {
    H5Adelete_by_name(id_.get(), name.c_str(), attribute, H5P_DEFAULT);
  }
  const Handle space(H5Screate(H5S_SCALAR));
  const Handle id(H5Acreate_by_name(id_.get(), name.c_str(), attribute, type, space.get(),
                                    H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  if (!id || H5Awrite(id.get(), type, data) < 0) {
    fail("cannot write the attribute " + std::string(attribute) + " of " + name + ": " +
         take_error());
  }
}

void File::read_attribute(const std::string& name, const char* attribute, hid_t type,
                          void* target) const {
  const Lock lock;
  const Handle id(H5Aopen_by_name(id_.get(), name.c_str(), attribute, H5P_DEFAULT, H5P_DEFAULT));
  const Handle space(id ? H5Aget_space(id.get()) : H5I_INVALID_HID);
  if (!id || H5Sget_simple_extent_npoints(space.get()) != 1 ||
      H5Aread(id.get(), type, target) < 0) {
    fail("has no attribute " + std::string(attribute) + " of " + name + ": " + take_error());
  }
}

void File::set(const std::string& name, const char* attribute, std::string_view text) {
  std::string padded(text);
  padded.resize(std::max<std::size_t>(text.size(), 1), '\0');
  set_attribute(name, attribute, text_type(padded.size()).get(), padded.data());
}

void File::set(const std::string& name, const char* attribute, double number) {
  set_attribute(name, attribute, number_type<double>(), &number);
}

void File::set(const std::string& name, const char* attribute, std::int64_t number) {
  set_attribute(name, attribute, number_type<std::int64_t>(), &number);
}

std::string File::text(const std::string& name, const char* attribute) const {
  const Lock lock;
  const Handle id(H5Aopen_by_name(id_.get(), name.c_str(), attribute, H5P_DEFAULT, H5P_DEFAULT));
  const Handle type(id ? H5Aget_type(id.get()) : H5I_INVALID_HID);
  constexpr std::size_t longest = 1U << 20U;
  const std::size_t length = type ? H5Tget_size(type.get()) : 0;
  if (length == 0 || length > longest || H5Tget_class(type.get()) != H5T_STRING ||
      H5Tis_variable_str(type.get()) > 0) {
    H5Eclear2(H5E_DEFAULT);
    fail("has no text attribute " + std::string(attribute) + " of " + name);
  }
  std::string text(length, '\0');
  read_attribute(name, attribute, type.get(), text.data());
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

double File::number(const std::string& name, const char* attribute) const {
  double number = 0;
  read_attribute(name, attribute, number_type<double>(), &number);
  return number;
}

std::int64_t File::integer(const std::string& name, const char* attribute) const {
  std::int64_t number = 0;
  read_attribute(name, attribute, number_type<std::int64_t>(), &number);
  return number;
}

}  // namespace kontwin::hdf5
