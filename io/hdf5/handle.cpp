#include "io/hdf5/handle.hpp"

namespace kontwin::hdf5 {

namespace {

std::recursive_mutex& library_mutex() {
  static std::recursive_mutex mutex;
  return mutex;
}

}  // namespace

Lock::Lock() : lock_(library_mutex()) {
  // A thread-safe build of HDF5 has an error stack, and a printer, for each thread.
  thread_local const bool silenced = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
  static_cast<void>(silenced);
}

std::string take_error() {
  std::string reason;
  const auto first = [](unsigned, const H5E_error2_t* error, void* text) -> herr_t {
    auto& wanted = *static_cast<std::string*>(text);
    if (wanted.empty() && error->desc != nullptr) wanted = error->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, first, &reason);
  H5Eclear2(H5E_DEFAULT);
  return reason.empty() ? "HDF5 gives no reason" : reason;
}

void Handle::reset() {
  if (id_ < 0) return;
  const Lock lock;
  H5Idec_ref(id_);
  id_ = H5I_INVALID_HID;
}

}  // namespace kontwin::hdf5
