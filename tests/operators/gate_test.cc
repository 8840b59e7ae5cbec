#include "heed/operators/gate.h"

#include <gtest/gtest.h>

#include "heed/base/files.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

using http::Request;
using http::RequestError;

class AGate : public WithFolder {
 protected:
  std::filesystem::path keys(const std::string& lines) const {
    write_file(folder_ / "keys", lines);
    std::filesystem::permissions(folder_ / "keys", std::filesystem::perms::owner_read);
    return folder_ / "keys";
  }
  /// The status that a request gets; 200 if it passes.
  static int status(Gate& gate, Request request) {
    try {
      gate.admit(request);
    } catch (const RequestError& error) {
      return error.status();
    }
    return 200;
  }
  static Request from(const std::string& address, const std::string& authorization = "") {
    Request request{.method = "GET", .caller = {.address = address}};
    if (!authorization.empty()) request.headers.push_back({"Authorization", authorization});
    return request;
  }
  std::string refusal(const std::string& lines) const {
    try {
      ApiKeys found(keys(lines));
    } catch (const ConfigError& error) {
      return error.what();
    }
    return "taken";
  }
};

TEST_F(AGate, lets_in_who_has_a_key_wherever_it_stands) {
  Gate gate({.api_keys =
                 keys("# of friends\nanna 0123456789abcdef characters=10\n\nben fedcba9876543210 # work\n")});
  EXPECT_EQ(status(gate, from("1.2.3.4")), 401);
  EXPECT_EQ(status(gate, from("1.2.3.4", "Bearer 0123456789abcdeg")), 403);
  EXPECT_EQ(status(gate, from("1.2.3.4", "Bearer 0123456789abcdef0123456789abcdef")), 403);
  EXPECT_EQ(status(gate, from("1.2.3.4", "bearer fedcba9876543210")), 200);
  EXPECT_EQ(status(gate, from("1.2.3.4", "DeepL-Auth-Key fedcba9876543210")), 200);
  EXPECT_EQ(status(gate, {.method = "GET", .headers = {{"x-api-key", "fedcba9876543210"}}}), 200);
  EXPECT_EQ(status(gate, {.method = "GET", .query = "api_key=fedcba9876543210"}), 200);
  Request json{.method = "POST",
               .headers = {{"Content-Type", "application/json"}},
               .body = R"({"api_key": "0123456789abcdef"})"};
  gate.admit(json);
  EXPECT_EQ(json.caller.key, "anna");
  EXPECT_EQ(json.character_limit, 10);
}

TEST_F(AGate, counts_requests_of_a_key_wherever_they_come_from) {
  Gate gate({.api_keys = keys("anna 0123456789abcdef requests_per_minute=2\nben fedcba9876543210\n"),
             .requests_per_minute = 3});
  const auto anna = [&](const char* address) {
    return status(gate, from(address, "Bearer 0123456789abcdef"));
  };
  EXPECT_EQ(anna("1.2.3.4"), 200);
  EXPECT_EQ(anna("1.2.3.5"), 200);
  EXPECT_EQ(anna("1.2.3.6"), 429);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(status(gate, from("1.2.3.4", "Bearer fedcba9876543210")), 200);
  EXPECT_EQ(status(gate, from("1.2.3.4", "Bearer fedcba9876543210")), 429);
}

TEST_F(AGate, counts_requests_by_address_where_nobody_needs_a_key) {
  Gate gate({.requests_per_minute = 1});
  EXPECT_EQ(status(gate, from("1.2.3.4")), 200);
  EXPECT_EQ(status(gate, from("1.2.3.4")), 429);
  EXPECT_EQ(status(gate, from("1.2.3.5")), 200);
  EXPECT_EQ(status(gate, from("2001:db8::1")), 200);
  EXPECT_EQ(status(gate, from("2001:db8::ffff:2")), 429);  // the same network
  EXPECT_EQ(status(gate, from("2001:db8:0:1::1")), 200);
}

TEST_F(AGate, believes_a_proxy_on_this_machine_alone_and_its_last_word) {
  Gate gate({.requests_per_minute = 1, .behind_proxy = true});
  const auto forwarded = [&](const char* by, const char* addresses) {
    Request request = from(by);
    request.headers.push_back({"X-Forwarded-For", addresses});
    gate.admit(request);
    return request.caller.address;
  };
  EXPECT_EQ(forwarded("127.0.0.1", "6.6.6.6, 1.2.3.4"), "1.2.3.4");
  EXPECT_EQ(forwarded("unix", "1.2.3.5"), "1.2.3.5");
  EXPECT_EQ(forwarded("8.8.8.8", "1.2.3.6"), "8.8.8.8");
  EXPECT_EQ(forwarded("127.0.0.1", "<script>"), "127.0.0.1");
}

TEST_F(AGate, reads_its_keys_again_and_keeps_the_old_ones_if_it_cannot) {
  Gate gate({.api_keys = keys("anna 0123456789abcdef\n")});
  std::filesystem::remove(folder_ / "keys");
  keys("anna fedcba9876543210\n");
  gate.reload();
  EXPECT_EQ(status(gate, from("1.2.3.4", "Bearer 0123456789abcdef")), 403);
  std::filesystem::remove(folder_ / "keys");
  EXPECT_THROW(gate.reload(), FileError);
  EXPECT_EQ(status(gate, from("1.2.3.4", "Bearer fedcba9876543210")), 200);
}

TEST_F(AGate, says_what_is_wrong_with_a_file_of_keys_without_a_key) {
  for (const char* lines : {"anna\n", "anna short\n", "a 0123456789abcdef\na 0123456789abcdeg\n",
                            "a 0123456789abcdef\nb 0123456789abcdef\n", "a 0123456789abcdef often\n",
                            "a 0123456789abcdef requests_per_minute=0\n", "a 0123456789abcdef request=1\n",
                            "a 0123456789abcdef characters=1 characters=2\n", "", "# none\n"}) {
    const std::string why = refusal(lines);
    EXPECT_TRUE(why.starts_with("API keys ")) << lines << ": " << why;
    EXPECT_EQ(why.find("0123456789"), std::string::npos) << why;
  }
}

}  // namespace
}  // namespace heed
