#include "heed/text/loose_form.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <atomic>
#include <cstdint>

#include "heed/base/error.h"
#include "heed/text/code_points.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

constexpr std::uint32_t kept = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;

const icu::Normalizer2& compatible_fold() {
  static const icu::Normalizer2& instance = []() -> const icu::Normalizer2& {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    require<Error>(U_SUCCESS(status) && found != nullptr, "ICU lacks the data to fold case");
    return *found;
  }();
  return instance;
}

/// What becomes of a character that no neighbor changes: a character, or one of these.
enum Fate : std::uint16_t {
  not_looked_up = 0,
  left_out = 1,
  depends = 2,  // on its neighbors, or it becomes several
};

Fate fate_of(UChar32 character) {
  const icu::Normalizer2& fold = compatible_fold();
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString folded = fold.normalize(icu::UnicodeString(character), status);
  if (U_FAILURE(status) || !fold.hasBoundaryBefore(character)) return depends;
  if (folded.isEmpty()) return left_out;
  const UChar32 first = folded.char32At(0);
  if (folded.length() > 1 || first > 0xFFFF || !fold.hasBoundaryBefore(first)) return depends;
  return (U_GET_GC_MASK(first) & kept) == 0 ? left_out : static_cast<Fate>(first);
}

/// The same, looked up once for each character of the basic plane.
Fate remembered_fate_of(UChar32 character) {
  static std::array<std::atomic<std::uint16_t>, 1 << 16> fates{};
  if (character > 0xFFFF) return (U_GET_GC_MASK(character) & kept) == 0 ? left_out : depends;
  std::atomic<std::uint16_t>& fate = fates[static_cast<std::size_t>(character)];
  if (const std::uint16_t known = fate.load(std::memory_order_relaxed)) return static_cast<Fate>(known);
  const Fate found = fate_of(character);
  fate.store(found, std::memory_order_relaxed);
  return found;
}

std::u32string slow_form(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString folded = compatible_fold().normalize(
      icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}), status);
  std::u32string form;
  for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1))
    if (const UChar32 character = folded.char32At(at); (U_GET_GC_MASK(character) & kept) != 0)
      form += static_cast<char32_t>(character);
  return form;
}

std::u32string form_of(std::string_view text) {
  std::u32string form;
  form.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const UChar32 character = next_code_point(text, at);
    const bool upper = character >= 'A' && character <= 'Z', lower = character >= 'a' && character <= 'z';
    if (lower || upper || (character >= '0' && character <= '9')) {
      form += static_cast<char32_t>(upper ? character + ('a' - 'A') : character);
    } else if (character >= 128) {
      const Fate fate = remembered_fate_of(character);
      if (fate == depends) return slow_form(text);
      if (fate != left_out) form += static_cast<char32_t>(fate);
    }
  }
  return form;
}

}  // namespace

std::u32string loose_form(std::string_view text) {
  std::u32string form = form_of(text);
  if (!form.empty()) return form;
  text = trimmed(text);
  for (std::size_t at = 0; at < text.size();) form += static_cast<char32_t>(next_code_point(text, at));
  return form;
}

}  // namespace heed
