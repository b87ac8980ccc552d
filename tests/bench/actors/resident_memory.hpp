#pragma once

#include <malloc.h>
#include <unistd.h>

#include <fstream>

namespace kontwin::bench {

/// Bytes of this process in memory, after what is free was given back.
inline double resident_bytes() {
  malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  double total = 0, resident = 0;
  statm >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace kontwin::bench
