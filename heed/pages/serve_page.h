#pragma once
#include <string>
#include <string_view>

namespace heed {

/// The page of heed serve. Its styles and scripts are those that carry the nonce, a random word of each
/// answer's own; it asks nobody but the server that it comes from.
std::string serve_page(std::string_view nonce);

/// The Content-Security-Policy that says so.
std::string serve_page_policy(std::string_view nonce);

/// A word that nobody can guess.
std::string random_nonce();

}  // namespace heed
