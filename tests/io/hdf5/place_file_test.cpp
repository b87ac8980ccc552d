#include "io/hdf5/place_file.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/scratch_folder.hpp"
#include "twin/error.hpp"

namespace kontwin::hdf5 {
namespace {

TEST(PlaceFile, PutsAWholeFileInPlaceAndLeavesNothingBesideIt) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "a.h5";
  place_file(path, [](File& file) { file.set("/", "answer", std::int64_t{42}); });
  EXPECT_EQ(File::open(path).integer("/", "answer"), 42);
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(PlaceFile, KeepsWhatWasThereWhenWritingFails) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "a.h5";
  place_file(path, [](File& file) { file.set("/", "answer", std::int64_t{42}); });
  EXPECT_THROW(place_file(path, [](File&) { throw std::runtime_error("half way"); }),
               std::runtime_error);
  EXPECT_EQ(File::open(path).integer("/", "answer"), 42);
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(PlaceFile, NamesThePlaceThatCannotBeTaken) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "taken";
  std::filesystem::create_directories(path / "by a folder");
  EXPECT_THROW(place_file(path, [](File&) {}), FileError);
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

}  // namespace
}  // namespace kontwin::hdf5
