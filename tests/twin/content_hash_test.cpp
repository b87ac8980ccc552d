#include "twin/content_hash.hpp"

#include <gtest/gtest.h>

namespace kontwin {
namespace {

template <typename... Values>
std::string hash_of(const Values&... values) {
  ContentHash hash;
  (hash.add(values), ...);
  return hash.finish();
}

TEST(ContentHash, IsSha256OfTheBytes) {
  // FIPS 180-2, appendix B.1: SHA-256 of "abc".
  ContentHash hash;
  hash.add_bytes("abc", 3);
  EXPECT_EQ(hash.finish(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(ContentHash, TextsThatRunTogetherDiffer) {
  EXPECT_NE(hash_of(std::string("ab"), std::string("c")),
            hash_of(std::string("a"), std::string("bc")));
  EXPECT_NE(hash_of(std::vector<int>{1}, std::vector<int>{2}), hash_of(std::vector<int>{1, 2}));
}

TEST(ContentHash, OrderAndTypeMatter) {
  EXPECT_NE(hash_of(1, 2), hash_of(2, 1));
  EXPECT_NE(hash_of(1), hash_of(1.0));
  EXPECT_EQ(hash_of(1, 2.5), hash_of(1, 2.5));
}

}  // namespace
}  // namespace kontwin
