# Compiler launcher, linker, warnings and sanitizers: what every target shares.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Precompiled headers need these two for ccache to hit.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE_PROGRAM})
  set(CMAKE_PCH_INSTANTIATE_TEMPLATES OFF)
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

set(KONTWIN_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them: address,undefined or thread")
option(KONTWIN_FUZZ "Link the targets of tests/fuzz with libFuzzer; needs clang" OFF)
if(KONTWIN_SANITIZE)
  add_compile_options(-fsanitize=${KONTWIN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${KONTWIN_SANITIZE})
  # Sanitized code compiles more than twice as fast this way, and a report still names file and line.
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1 -DNDEBUG")
endif()

option(KONTWIN_COVERAGE "Instrument for gcov" OFF)
if(KONTWIN_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()

# Reproducible arithmetic is a promise: no contraction into fused multiply-add that one call site
# gets and another does not. Kernels that gain from wider vectors are cloned for AVX2 function by
# function (target_clones), which gives the same bits as the baseline.
add_compile_options(-ffp-contract=off)

# -Wrestrict reports std::string operations that are right (GCC bug 105651, mended in 13). Clang, which
# builds the fuzz targets alone, warns of other things: its opinion comes through clang-tidy.
add_library(kontwin_warnings INTERFACE)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  target_compile_options(kontwin_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-restrict
    -Werror)
  # It takes the checks that sanitizers put in for reads of what was not set.
  if(KONTWIN_SANITIZE)
    target_compile_options(kontwin_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
