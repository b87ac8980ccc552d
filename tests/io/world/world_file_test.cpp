#include "io/world/world_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "io/hdf5/file.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_world.hpp"
#include "twin/error.hpp"

namespace kontwin {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class WorldFile : public ::testing::Test {
 protected:
  std::string message_of_load() const {
    return testing::message_of<FileError>([this] { load_world(file); });
  }

  testing::ScratchFolder folder;
  std::filesystem::path file = folder.path() / "world.h5";
};

WorldParts full_parts() {
  WorldParts parts = testing::town_parts();
  AdminUnit province;
  province.code = "1";
  province.name = "Tỉnh Kon Tum";
  province.level = AdminLevel::province;
  province.outline = {{0, 0}, {1, 0}, {1, 1}};
  province.population = 582000;
  AdminUnit ward;
  ward.code = "T1";
  ward.name = "Phường Quang Trung";
  ward.valid_until = parse_instant("2025-07-01T00:00:00+07:00");
  ward.parent_code = "1";
  ward.successor_code = "T2";
  ward.center = {3, 4};
  parts.admin_units = {province, ward};
  River dak_bla;
  dak_bla.name = "Đăk Bla";
  dak_bla.flows_into = "Sê San";
  dak_bla.line = {{0, 0}, {10, 10}, {20, 10}};
  dak_bla.bed_m = {9, 8, 7};
  dak_bla.width_m = {30, 40, 50};
  dak_bla.bank_depth_m = {5, 5, 5};
  River se_san = dak_bla;
  se_san.name = "Sê San";
  se_san.flows_into.clear();
  se_san.bed_m = {7, 6, 5};
  parts.rivers = {dak_bla, se_san};
  parts.roads.number[3] = "QL24";
  return parts;
}

TEST_F(WorldFile, GivesBackTheSameWorld) {
  const auto world = World::seal(full_parts());
  save_world(*world, file);
  const auto loaded = load_world(file);
  EXPECT_EQ(loaded->content_hash(), world->content_hash());
  EXPECT_EQ(loaded->admin_units()[1].name, "Phường Quang Trung");
  EXPECT_EQ(loaded->admin_units()[1].valid_until, world->admin_units()[1].valid_until);
  EXPECT_FALSE(loaded->admin_units()[0].valid_from.has_value());
  EXPECT_EQ(loaded->rivers()[1].bed_m, world->rivers()[1].bed_m);
  EXPECT_EQ(loaded->roads().number[3], "QL24");
  EXPECT_EQ(loaded->roads().shape, world->roads().shape);
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".part"));
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".part.journal"));
}

TEST_F(WorldFile, KeepsForbiddenTurnsAndIsTheSameFileWithoutAny) {
  WorldParts parts = full_parts();
  const auto without = World::seal(parts);
  // The first link, and the first one that starts where it ends.
  const auto next =
      std::ranges::find(parts.roads.from, parts.roads.to[0]) - parts.roads.from.begin();
  parts.roads.forbidden_turns = {{0, static_cast<std::uint32_t>(next), 0b000011}};
  const auto world = World::seal(parts);
  EXPECT_NE(world->content_hash(), without->content_hash());
  save_world(*world, file);
  const auto loaded = load_world(file);
  EXPECT_EQ(loaded->roads().forbidden_turns, world->roads().forbidden_turns);
  EXPECT_EQ(loaded->content_hash(), world->content_hash());
  save_world(*without, file);
  EXPECT_FALSE(hdf5::File::open(file).has("/roads/forbidden_from"));
  EXPECT_TRUE(load_world(file)->roads().forbidden_turns.empty());
}

TEST_F(WorldFile, HasTheSameBytesEachTimeTheSameWorldIsSaved) {
  const auto world = World::seal(full_parts());
  save_world(*world, file);
  save_world(*world, folder.path() / "again.h5");
  EXPECT_EQ(testing::bytes_of(file), testing::bytes_of(folder.path() / "again.h5"));
}

TEST_F(WorldFile, ThatIsMissingIsNamed) {
  EXPECT_THAT(message_of_load(), AllOf(HasSubstr(file.string()), HasSubstr("No such file")));
}

TEST_F(WorldFile, ThatIsNotHdf5IsRefused) {
  std::ofstream(file) << "urn,name\nurn:ngsi-ld:Road:1,QL24\n";
  EXPECT_THAT(message_of_load(), HasSubstr("is not an HDF5 file"));
  std::ofstream(file, std::ios::trunc).flush();
  EXPECT_THAT(message_of_load(), HasSubstr("is empty"));
}

TEST_F(WorldFile, ThatIsTruncatedAnywhereIsRefused) {
  save_world(*World::seal(full_parts()), file);
  const auto size = std::filesystem::file_size(file);
  for (std::uintmax_t part = 1; part < 20; ++part) {
    std::filesystem::resize_file(file, size * (20 - part) / 20);
    EXPECT_THAT(message_of_load(), HasSubstr(file.string())) << part;
  }
}

TEST_F(WorldFile, OfAnotherVersionIsRefusedWithBothVersions) {
  {
    hdf5::File other = hdf5::File::create(file);
    other.make_group("/terrain");
    other.set("/", "format", "kontwin-world");
    other.set("/", "format_version", std::int64_t{7});
    other.close(false);
  }
  EXPECT_THAT(message_of_load(), AllOf(HasSubstr("version 7"), HasSubstr("reads version 2")));
}

TEST_F(WorldFile, WithOtherContentThanItWasSavedWithIsRefused) {
  save_world(*World::seal(full_parts()), file);
  const std::string bytes = testing::bytes_of(file);
  const std::string hash = World::seal(full_parts())->content_hash();
  const std::size_t at = bytes.find(hash);
  ASSERT_NE(at, std::string::npos);
  std::size_t refused = 0;
  // Damage anywhere is found: by HDF5's checksums, by zlib, or at last by the content hash.
  for (std::size_t place = 4096; place < bytes.size(); place += bytes.size() / 40) {
    std::string damaged = bytes;
    damaged[place] = static_cast<char>(damaged[place] ^ 0x55);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << damaged;
    try {
      EXPECT_EQ(load_world(file)->content_hash(), hash) << "a damaged world was taken";
    } catch (const FileError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 5U);
}

TEST_F(WorldFile, CannotBeSavedWhereThereIsNoFolder) {
  EXPECT_THROW(save_world(*testing::town(), folder.path() / "nowhere" / "world.h5"), FileError);
}

}  // namespace
}  // namespace kontwin
