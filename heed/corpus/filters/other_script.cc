#include "heed/corpus/filters/other_script.h"

#include <algorithm>
#include <map>

#include "heed/base/error.h"

namespace heed {
namespace {

std::int32_t script_asked_for(const std::string& name, std::string_view option) {
  if (name.empty()) return -1;
  const std::int32_t script = script_of(name);
  require<ConfigError>(
      script >= 0, option, " '", name,
      "': no script or language of that name; give a code as in Latn, Cyrl, Arab or de, ru, ar");
  return script_family(script);
}

/// The script of nine in ten letters; -1 if there is none such.
std::int32_t usual_script(std::span<const ExaminedPair> pairs, const ExaminedText ExaminedPair::*side) {
  std::map<std::int32_t, Index> letters;
  Index all = 0;
  for (const ExaminedPair& pair : pairs)
    for (const TextProfile::Script& entry : (pair.*side).profile.scripts) {
      if (entry.letters == 0) continue;
      letters[script_family(entry.script)] += entry.letters;
      all += entry.letters;
    }
  for (const auto& [script, count] : letters)
    if (count * 10 >= all * 9) return script;
  return -1;
}

}  // namespace

OtherScript::OtherScript(const std::string& source, const std::string& target)
    : source_(script_asked_for(source, "filter_source_script")),
      target_(script_asked_for(target, "filter_target_script")) {}

void OtherScript::learn(std::span<const ExaminedPair> beginning) {
  if (source_ < 0) source_ = usual_script(beginning, &ExaminedPair::source);
  if (target_ < 0) target_ = usual_script(beginning, &ExaminedPair::target);
}

Finding OtherScript::judge(const ExaminedPair& pair) {
  return std::max(judge_side(pair.source.profile, source_), judge_side(pair.target.profile, target_));
}

Finding OtherScript::judge_side(const TextProfile& profile, std::int32_t expected) {
  constexpr Index enough_letters = 20;
  Index all = 0, right = 0;
  for (const TextProfile::Script& entry : profile.scripts) {
    all += entry.letters;
    if (entry.letters > 0 && script_family(entry.script) == expected) right += entry.letters;
  }
  // A quarter is enough: texts name products and people in their own script.
  if (expected < 0 || right * 4 >= all) return Finding::nothing;
  return all >= enough_letters ? Finding::wrong : Finding::doubtful;
}

}  // namespace heed
