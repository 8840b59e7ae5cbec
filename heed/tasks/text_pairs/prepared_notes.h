#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "heed/corpus/parallel_corpus.h"

namespace heed {

/// What a run has to know of its examples besides them, kept with them.
struct PreparedNotes {
  ReadReport training;        // what became of the pairs
  ParallelCorpus validation;  // pairs, and what became of them
  std::vector<Index> ends;    // of each training source, in examples
};

std::string text_of(const PreparedNotes& notes);
/// DataError, beginning with `where`, if that is no such text.
PreparedNotes prepared_notes(std::string_view text, std::string_view where);

}  // namespace heed
