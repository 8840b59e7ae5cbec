#include "heed/training/tensorboard_log.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "heed/training/run_log.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

class TensorBoard : public WithFolder {};

// tools/make_tensorboard_golden.py wrote the golden file with TensorBoard's own messages and record writer.
TEST_F(TensorBoard, is_given_the_bytes_that_its_own_writer_writes) {
  TensorBoardLog log(folder_, 1500000000.0);
  log.begin_at(1500000000.5, 301);
  log.add(1500000001.25, 301, {{"training/loss", 2.5}, {"training/gradient_norm", std::nan("")}});
  std::string text = "**source** Grüße, ";
  for (int i = 0; i < 200; ++i) text += "sehr ";
  log.add(1500000002.0, 3000000000, {{"validation/bleu", 38.98}}, {{"samples/1", text + "lang"}});
  EXPECT_TRUE(read_file(log.file()) == read_file(HEED_SOURCE_DIR "/tests/golden/run.tfevents"));
}

TEST_F(TensorBoard, gets_a_file_for_each_part_of_a_run_in_the_order_of_their_names) {
  const TensorBoardLog first(folder_ / "new/folder", 100), second(folder_ / "new/folder", 100),
      third(folder_ / "new/folder", 2000);
  EXPECT_NE(first.file().filename().string().find("tfevents"), std::string::npos);
  EXPECT_LT(first.file(), second.file());
  EXPECT_LT(second.file(), third.file());
}

TEST_F(TensorBoard, shows_what_the_log_says) {
  TensorBoardLog log(folder_, 1);
  write_to_tensorboard(log, "begin", {{"update", 10}}, 2);
  write_to_tensorboard(log, "update", {{"update", 11}, {"loss", 1.5}, {"seconds", 0.5}, {"tokens", 100}}, 3);
  write_to_tensorboard(log, "note", {{"text", "no number"}}, 3);
  write_to_tensorboard(
      log, "validation",
      {{"update", 11},
       {"stale", 3},
       {"measures", {{"bleu", 30.0}, {"stale", 1.0}}},
       {"by_length",
        {{{"from", 1}, {"to", 9}, {"examples", 5}, {"measures", {{"bleu", 40.0}, {"chrf", 50.0}}}}}},
       {"samples", {{{"source", "a <b>"}, {"reference", "c"}, {"translation", "d_e"}}}}},
      4);
  const std::string bytes = read_file(log.file());
  for (const char* part : {"training/loss", "speed/tokens_per_second", "validation/bleu", "validation/stale",
                           "validation_bleu_by_length/001-009_tokens", "samples/1", "**source** a &lt;b\\>",
                           "**translation** d\\_e"})
    EXPECT_NE(bytes.find(part), std::string::npos) << part;
  EXPECT_EQ(bytes.find("no number"), std::string::npos);
}

TEST_F(TensorBoard, is_refused_a_folder_that_cannot_be) {
  file("taken", "");
  EXPECT_THROW(TensorBoardLog(folder_ / "taken", 1), FileError);
}

TEST(Markdown, shows_text_as_it_is) { EXPECT_EQ(as_markdown("a*b\n<i>&"), "a\\*b &lt;i\\>&amp;"); }

}  // namespace
}  // namespace heed
