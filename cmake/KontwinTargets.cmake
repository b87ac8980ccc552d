# kontwin_library(NAME [PUBLIC targets...] [PRIVATE targets...])
# A static library of every .cpp in the current folder (not below it). Headers are included by
# their path from the root of the tree: #include "twin/world.hpp".
function(kontwin_library name)
  cmake_parse_arguments(arg "" "" "PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "_(test|bench)[.]cpp$")
  if(NOT sources)
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} kontwin_warnings)
endfunction()

# kontwin_test(NAME [LINK targets...] [TIMEOUT seconds] [TOGETHER suite[:suite...]...])
# A GoogleTest program of every *_test.cpp in the current folder, each TEST a ctest of its own; but
# the suites of a TOGETHER are one ctest of that name, for what they share takes long to make and
# is made once a process.
function(kontwin_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "LINK;TOGETHER" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gtest GTest::gmock GTest::gtest_main
                                        kontwin_warnings)
  target_compile_definitions(${name} PRIVATE KONTWIN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set(apart)
  foreach(together ${arg_TOGETHER})
    string(REPLACE ":" ".*:" suites "${together}.*")
    add_test(NAME ${together} COMMAND ${name} --gtest_filter=${suites})
    set_tests_properties(${together} PROPERTIES TIMEOUT ${arg_TIMEOUT} COST 100
                         FAIL_REGULAR_EXPRESSION "Running 0 tests")
    string(APPEND apart "${suites}:")
  endforeach()
  include(GoogleTest)
  gtest_discover_tests(${name} TEST_FILTER "*-${apart}" DISCOVERY_MODE PRE_TEST
                       DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${arg_TIMEOUT})
endfunction()

# kontwin_bench(NAME [LINK targets...])
# A Google Benchmark program of every *_bench.cpp in the current folder, found by `./dev bench`.
function(kontwin_bench name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_bench.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
  target_link_libraries(${name} PRIVATE ${arg_LINK} benchmark::benchmark benchmark::benchmark_main
                                        kontwin_warnings)
  target_compile_definitions(${name} PRIVATE KONTWIN_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_dependencies(benches ${name})
endfunction()

# Everything that `./dev bench` runs.
add_custom_target(benches)
