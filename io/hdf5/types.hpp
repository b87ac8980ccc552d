#pragma once

#include <hdf5.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "io/hdf5/handle.hpp"

namespace kontwin::hdf5 {

/// The HDF5 type of a number in memory and, on the little-endian machines Kontwin runs on, in
/// files. Not owned. Call it under the Lock.
template <typename Value>
hid_t number_type() {
  if constexpr (std::is_same_v<Value, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<Value, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<Value, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<Value, std::int32_t>) return H5T_NATIVE_INT32;
  if constexpr (std::is_same_v<Value, std::uint64_t>) return H5T_NATIVE_UINT64;
  if constexpr (std::is_same_v<Value, std::uint32_t>) return H5T_NATIVE_UINT32;
  if constexpr (std::is_same_v<Value, std::uint8_t>) return H5T_NATIVE_UINT8;
  return H5I_INVALID_HID;
}

/// The same, owned.
template <typename Value>
Handle own_number_type() {
  const Lock lock;
  return Handle(H5Tcopy(number_type<Value>()));
}

/// A UTF-8 text of up to `bytes` bytes, filled up with zeros.
Handle text_type(std::size_t bytes);

/// An enumeration over one byte whose names are `names[0]`, `names[1]`, ...
Handle enum_type(std::span<const std::string_view> names);

/// One member of a record.
struct Member {
  const char* name;
  std::size_t offset;
  hid_t type;
};

/// A record (compound) of `bytes` bytes.
Handle record_type(std::size_t bytes, std::span<const Member> members);

}  // namespace kontwin::hdf5
