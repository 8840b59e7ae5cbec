#include "heed/metrics/mecab.h"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "heed/base/error.h"
#include "heed/metrics/characters.h"

// MeCab is opened while the program runs, so that only who scores Japanese or Korean needs it and its
// dictionary of 50 MB. These are the functions of its C interface, which has not changed since 2012.
extern "C" {
struct mecab_t;

struct mecab_dictionary_info_t {
  const char* filename;
  const char* charset;
  unsigned int size;  // words
  int type;
  unsigned int lsize, rsize;
  unsigned short version;
  mecab_dictionary_info_t* next;
};
}

namespace heed {
namespace {

/// A dictionary, known by the number of its words, as sacreBLEU does. That of Debian may have one more.
struct Dictionary {
  std::array<unsigned int, 2> words;
  std::string_view signature, wanted;
  std::array<const char*, 3> folders;  // where Debian and make install put it; then what mecabrc says
};

constexpr Dictionary ipa{
    {392126, 392127},
    "-IPA",
    "MeCab with the IPA dictionary in UTF-8: install libmecab2 and mecab-ipadic-utf8",
    {"/var/lib/mecab/dic/ipadic-utf8", "/usr/local/lib/mecab/dic/ipadic", "/usr/lib/mecab/dic/ipadic"}};
constexpr Dictionary ko{
    {811795, 811795},
    "-KO",
    "mecab-ko with mecab-ko-dic, which no package of Debian has: install both from source, "
    "or score with the tokenization char",
    {"/usr/local/lib/mecab/dic/mecab-ko-dic", "/usr/lib/mecab/dic/mecab-ko-dic",
     "/var/lib/mecab/dic/mecab-ko-dic"}};

const Dictionary& dictionary_of(MecabLanguage language) {
  return language == MecabLanguage::japanese ? ipa : ko;
}

std::string_view name_of(MecabLanguage language) {
  return language == MecabLanguage::japanese ? "ja-mecab" : "ko-mecab";
}

struct Library {
  mecab_t* (*open)(const char*) = nullptr;
  void (*close)(mecab_t*) = nullptr;
  const char* (*parse)(mecab_t*, const char*, std::size_t) = nullptr;
  const mecab_dictionary_info_t* (*dictionary)(mecab_t*) = nullptr;
  const char* (*version)() = nullptr;

  bool whole() const { return open && close && parse && dictionary && version; }
};

/// Empty where it is not installed.
const Library& library() {
  static const Library found = [] {
    Library result;
    void* const handle = ::dlopen("libmecab.so.2", RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return result;
    const auto find = [&](const char* name, auto& function) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(handle, name));
    };
    find("mecab_new2", result.open);
    find("mecab_destroy", result.close);
    find("mecab_sparse_tostr2", result.parse);
    find("mecab_dictionary_info", result.dictionary);
    find("mecab_version", result.version);
    return result;
  }();
  return found;
}

/// A tagger with its dictionary, for one thread at a time.
using Tagger = std::unique_ptr<mecab_t, void (*)(mecab_t*)>;

/// With the dictionary of a folder, or of mecabrc where none is named; nothing if that is another one.
Tagger tagger_with(const char* folder, const Dictionary& dictionary) {
  const std::string arguments =
      folder == nullptr ? "-Owakati" : message("-r /dev/null -d ", folder, " -Owakati");
  Tagger tagger(library().open(arguments.c_str()), library().close);
  if (!tagger) return tagger;
  const mecab_dictionary_info_t* const info = library().dictionary(tagger.get());
  if (info == nullptr || info->next != nullptr ||
      std::ranges::find(dictionary.words, info->size) == dictionary.words.end())
    tagger.reset();
  return tagger;
}

Tagger open_tagger(MecabLanguage language) {
  const Dictionary& dictionary = dictionary_of(language);
  Tagger tagger(nullptr, [](mecab_t*) {});
  if (library().whole()) {
    for (const char* folder : dictionary.folders)
      if (!tagger && std::filesystem::exists(folder)) tagger = tagger_with(folder, dictionary);
    if (!tagger) tagger = tagger_with(nullptr, dictionary);
  }
  require<ConfigError>(tagger != nullptr, "the tokenization ", name_of(language), " needs ",
                       dictionary.wanted);
  return tagger;
}

mecab_t* tagger_of(MecabLanguage language) {
  thread_local std::array<Tagger, 2> taggers{Tagger(nullptr, [](mecab_t*) {}),
                                             Tagger(nullptr, [](mecab_t*) {})};
  Tagger& tagger = taggers[static_cast<std::size_t>(language)];
  if (!tagger) tagger = open_tagger(language);
  return tagger.get();
}

}  // namespace

void require_mecab(MecabLanguage language) { tagger_of(language); }

std::string tokenize_by_mecab(std::string_view text, MecabLanguage language) {
  mecab_t* const tagger = tagger_of(language);
  // An ideographic space at the beginning would be a word.
  const std::vector<std::string_view> all = heed::words(text);
  if (all.empty()) return {};
  text.remove_prefix(static_cast<std::size_t>(all.front().data() - text.data()));
  const char* const found = library().parse(tagger, text.data(), text.size());
  require<DataError>(found != nullptr, "MeCab cannot take a text of ", text.size(), " bytes");
  return single_spaced(found);
}

std::string mecab_signature(MecabLanguage language) {
  require_mecab(language);
  return message(library().version(), dictionary_of(language).signature);
}

}  // namespace heed
