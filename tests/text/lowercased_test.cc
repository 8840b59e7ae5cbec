#include "heed/text/lowercased.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

TEST(Lowercased, knows_every_script_and_final_sigma) {
  EXPECT_EQ(lowercased("Ärger, ΣΑΣ, ЖУК: 1 I"), "ärger, σας, жук: 1 i");
  EXPECT_EQ(lowercased(""), "");
}

}  // namespace
}  // namespace heed
