#pragma once
#include <string>
#include <string_view>

namespace heed {

/// The code of a language by its name, in English or in the language itself, in capitals or not: German,
/// deutsch, Brazilian Portuguese, Chinese (Simplified). What stands in parentheses and is not understood,
/// such as a place, is left out. Empty if no language is called so.
std::string code_of_language_name(std::string_view name);

/// The code of a country by its code or English name, such as BR for BRAZIL; empty if none is called so.
std::string code_of_country_name(std::string_view name);

}  // namespace heed
