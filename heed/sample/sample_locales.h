#pragma once
#include <string>
#include <vector>

namespace heed {

/// The locales that ICU has data for ("de", "pt_BR", "zh_Hant", ...), sorted: what sample_corpus can write.
std::vector<std::string> sample_locales();

/// The id as sample_locales spells it ("pt-br" is "pt_BR"). ConfigError with suggestions if ICU has no data
/// for it; `field` names the setting in the message.
std::string canonical_sample_locale(const std::string& field, const std::string& locale);

}  // namespace heed
