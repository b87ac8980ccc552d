#include "io/traffic/network_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/traffic/sumo_network.hpp"
#include "tests/io/traffic/fixture.hpp"
#include "tests/support/message_of.hpp"
#include "twin/error.hpp"

namespace kontwin::traffic::testing {
namespace {

using kontwin::testing::message_of;
using kontwin::testing::ScratchFolder;
using ::testing::HasSubstr;

TEST(NetworkFile, WhatIsLoadedEqualsWhatWasSaved) {
  const ScratchFolder folder;
  const auto network = town();
  const auto path = folder.path() / "town.h5";
  save_network(path, *network);
  const auto loaded = load_network(path);
  const NetworkColumns& saved_columns = *network;
  const NetworkColumns& loaded_columns = *loaded;
  EXPECT_TRUE(saved_columns == loaded_columns);
  EXPECT_FALSE(network->signals.empty());
  for (std::uint32_t row = 0; row < network->junctions(); ++row) {
    EXPECT_TRUE(std::ranges::equal(network->out_links(row), loaded->out_links(row)));
    EXPECT_TRUE(std::ranges::equal(network->in_links(row), loaded->in_links(row)));
    EXPECT_EQ(loaded->find_junction(network->junction_id[row]), row);
  }
  for (std::uint32_t row = 0; row < network->links(); ++row) {
    EXPECT_EQ(loaded->find_link(network->link_id[row]), row);
  }
}

TEST(NetworkFile, TheSameNetworkGivesTheSameBytes) {
  const ScratchFolder folder;
  const auto network = town();
  const auto bytes = [&](const char* name) {
    save_network(folder.path() / name, *network);
    std::ifstream file(folder.path() / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  EXPECT_EQ(bytes("a.h5"), bytes("b.h5"));
}

TEST(NetworkFile, ANetworkWithoutSignalsIsKept) {
  const ScratchFolder folder;
  const auto net = folder.write("a.net.xml", small_net());
  const auto network = Network::seal(read_sumo_network(net));
  save_network(folder.path() / "a.h5", *network);
  const NetworkColumns& columns = *network;
  EXPECT_TRUE(columns == static_cast<const NetworkColumns&>(*load_network(folder.path() / "a.h5")));
}

TEST(NetworkFile, WhatIsNoNetworkIsRefused) {
  const ScratchFolder folder;
  const auto text = folder.write("a.h5", "no HDF5");
  EXPECT_THAT(message_of<FileError>([&] { load_network(text); }), HasSubstr("a.h5"));
  EXPECT_THAT(message_of<FileError>([&] { load_network(folder.path() / "b.h5"); }),
              HasSubstr("b.h5"));
  save_network(folder.path() / "c.h5", *town());
  ScratchFolder::truncate(folder.path() / "c.h5", 0.6);
  EXPECT_THROW(load_network(folder.path() / "c.h5"), FileError);
}

TEST(NetworkFile, AFolderThatIsNotThereIsNamed) {
  EXPECT_THAT(message_of([] { save_network("/nowhere/town.h5", *town()); }),
              HasSubstr("/nowhere/town.h5"));
}

}  // namespace
}  // namespace kontwin::traffic::testing
