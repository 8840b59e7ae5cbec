#include "heed/text/sentence_exceptions.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>

#include "heed/text/code_points.h"
#include "heed/text/lowercased.h"

namespace heed {
namespace {

struct Abbreviations {
  std::string_view language;
  std::string_view words;  // in lower case, without their last stop, each between spaces
};

// Titles, and words that stand before a name, a number or an explanation. What often ends a sentence ("etc.",
// "usw.", "Inc.") is left out.
constexpr std::array abbreviations{
    Abbreviations{
        "en",
        " approx cf col dr e.g eds fig figs gen gov hon i.e lt messrs mr mrs ms mt nos pp prof rep rev sen "
        "sgt st vol vols vs capt cmdr jan feb mar apr jun jul aug sept sep oct nov dec "},
    Abbreviations{
        "de",
        " abb abs abt art bd bsp bspw bzgl bzw ca d.h dipl.-ing dr evtl gem ggf hg hl hr hrn hrsg i.d.r "
        "ing inkl jan feb aug septt nov dez kap lt max min mio mrd nr o.g prof s.o sog st str tel u.a "
        "ugs urspr vgl vol z.b z.t zzgl "},
    Abbreviations{
        "fr",
        " art av bd boul c.-à-d cf chap dr env ex fig janv févr juil sept oct nov déc me mgr mlle mm "
        "mme mr p.ex pp prof st ste tél vol "},
    Abbreviations{
        "es",
        " aprox art av avda cap cf d dña dr dra ej fig gral lic núm p.ej pág págs prof profa sr sra "
        "sres srta sto sta tel ud uds vd vds vol "},
    Abbreviations{"it",
                  " art avv ca cap cfr dott dott.ssa ecc.mo es fig geom ing mons n.b on p.es pag pagg prof "
                  "prof.ssa rag sen sig sig.ra sigg st tel vol "},
    Abbreviations{
        "pt",
        " art av cap cf dr dra eng exmo exma fig núm p.ex pág págs prof profa sr sra srs srta sto sta "
        "tel vol "},
    Abbreviations{"nl",
                  " a.u.b afb art bijv bv ca d.w.z dhr dr drs fig i.p.v incl ing ir jl mevr mr mw nl nr "
                  "o.a prof st str t.a.v tel vgl vol zgn "},
    Abbreviations{"pl",
                  " al dr godz hab im inż jr ks lek m.in mgr np nr os p pkt płk por prof red rys s św tj "
                  "tys tzn tzw ul ust zob "},
    Abbreviations{"cs",
                  " arch bc č čl dr doc ing kap mgr mudr např nám obr odst pozn prof resp "
                  "říj sl str sv tab tel tj tzn tzv ul viz "},
    Abbreviations{"ru",
                  " акад вв гг гл гор доц им инж кв млн млрд напр обл оз п.п пер пл пр проф просп р-н рис "
                  "св см ср ст стр т.е т.н тел тыс ул "}};

/// Languages that write ordinal numbers with a full stop.
constexpr std::string_view with_ordinals = " bs cs da de et fi fo hr hu is lb lv nb nn no pl sk sl sr sv tr ";

bool in_list(std::string_view list, std::string_view word) {
  return list.find(" " + std::string(word) + " ") != std::string_view::npos;
}

bool opens(char32_t c) {
  const auto kind = u_charType(static_cast<UChar32>(c));
  return kind == U_START_PUNCTUATION || kind == U_INITIAL_PUNCTUATION || c == U'"' || c == U'\'';
}

/// What stands between the last white space or opening bracket and a stop.
std::string_view last_word(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_code_point(text, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) || opens(static_cast<char32_t>(c))) begin = at;
  }
  return text.substr(begin);
}

}  // namespace

bool stop_within_sentence(std::string_view text, std::string_view language) {
  if (!text.ends_with('.')) return false;
  text.remove_suffix(1);
  const std::string_view word = last_word(text);
  if (word.empty()) return false;
  std::size_t at = 0;
  const auto first = static_cast<UChar32>(next_code_point(word, at));
  if (at == word.size() && u_isalpha(first)) return true;
  const std::string_view base = language.substr(0, language.find_first_of("-_"));
  const bool number = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (number) return word.size() <= 2 && in_list(with_ordinals, base);
  const std::string small = lowercased(word);
  for (const Abbreviations& known : abbreviations)
    if (known.language == base) return in_list(known.words, small);
  return false;
}

}  // namespace heed
