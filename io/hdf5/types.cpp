#include "io/hdf5/types.hpp"

#include <algorithm>
#include <string>

#include "twin/error.hpp"

namespace kontwin::hdf5 {

namespace {

void check(bool holds, const char* what) {
  if (!holds) throw Error(std::string("HDF5 cannot make ") + what + ": " + take_error());
}

}  // namespace

Handle text_type(std::size_t bytes) {
  const Lock lock;
  Handle type(H5Tcopy(H5T_C_S1));
  check(type && H5Tset_size(type.get(), std::max<std::size_t>(bytes, 1)) >= 0 &&
            H5Tset_cset(type.get(), H5T_CSET_UTF8) >= 0 &&
            H5Tset_strpad(type.get(), H5T_STR_NULLPAD) >= 0,
        "a text type");
  return type;
}

Handle enum_type(std::span<const std::string_view> names) {
  const Lock lock;
  Handle type(H5Tenum_create(H5T_NATIVE_UINT8));
  check(static_cast<bool>(type), "an enumeration");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto value = static_cast<std::uint8_t>(i);
    check(H5Tenum_insert(type.get(), std::string(names[i]).c_str(), &value) >= 0, "an enumeration");
  }
  return type;
}

Handle record_type(std::size_t bytes, std::span<const Member> members) {
  const Lock lock;
  Handle type(H5Tcreate(H5T_COMPOUND, bytes));
  check(static_cast<bool>(type), "a record type");
  for (const Member& member : members) {
    check(H5Tinsert(type.get(), member.name, member.offset, member.type) >= 0, "a record type");
  }
  return type;
}

}  // namespace kontwin::hdf5
