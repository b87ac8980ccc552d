#pragma once

#include <hdf5.h>

#include <mutex>
#include <string>
#include <utility>

namespace kontwin::hdf5 {

/// Held around every call into HDF5: one at a time in the process, whichever way the library was
/// built. May be taken again by the thread that holds it. Also keeps HDF5 from printing errors.
class Lock {
 public:
  Lock();

 private:
  std::unique_lock<std::recursive_mutex> lock_;
};

/// The most specific reason on HDF5's error stack, which is emptied. Call it under the Lock of the
/// failed call.
std::string take_error();

/// Owns an HDF5 identifier of any type.
class Handle {
 public:
  Handle() = default;
  /// Takes `id` over; a negative one means "nothing".
  explicit Handle(hid_t id) : id_(id) {}
  ~Handle() { reset(); }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, H5I_INVALID_HID);
    }
    return *this;
  }

  hid_t get() const { return id_; }
  explicit operator bool() const { return id_ >= 0; }
  void reset();
  /// Gives the identifier away.
  hid_t release() { return std::exchange(id_, H5I_INVALID_HID); }

 private:
  hid_t id_ = H5I_INVALID_HID;
};

}  // namespace kontwin::hdf5
