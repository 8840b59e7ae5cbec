#pragma once
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "heed/backend/backend.h"
#include "heed/service/translator.h"
#include "heed/serving/offered_model.h"

namespace heed {

/// A model that is ready to translate.
struct ReadyModel {
  std::shared_ptr<const Translator> translator;
  std::string fingerprint;  // of its files: other files, other fingerprint
};

struct ShelfOptions {
  std::optional<DataType> precision = std::nullopt;  // as Translator takes it
  /// Bytes of weights that may be loaded at once. The model that was not used for the longest time is let go
  /// first; one that is larger by itself is loaded all the same.
  std::uintmax_t memory = std::numeric_limits<std::uintmax_t>::max();
  /// How often folders are looked at for changes; 0: only when told to.
  std::chrono::milliseconds look_every{2000};
  /// Is told of what was loaded, let go, and could not be loaded. From the shelf's thread.
  std::function<void(const std::string&)> tell = {};
};

struct ShelfFacts {
  Index offered = 0, loaded = 0, loading = 0;
  std::uintmax_t bytes = 0;  // of the weights' files that are loaded
  std::uint64_t loads = 0, failures = 0, let_go = 0;
};

/// The models that are offered, by direction: loaded on first use by a thread of the shelf's own, let go by a
/// memory limit, and loaded anew when their folder has changed. Whoever has a model keeps it until done, so
/// that no request is lost by that. Safe to be used by any thread.
class ModelShelf {
 public:
  /// ConfigError where two models translate in the same direction, or none is offered. `backend` must outlive
  /// the shelf and its models.
  ModelShelf(std::vector<OfferedModel> models, Backend& backend, const ShelfOptions& options = {});
  ~ModelShelf();
  ModelShelf(const ModelShelf&) = delete;
  ModelShelf& operator=(const ModelShelf&) = delete;

  const std::vector<OfferedModel>& offered() const;

  /// The directions, one after the other, that lead from one language to another: one, or two by way of a
  /// third language (a pivot), English if possible; none if there is no way, or none is needed. Regions may
  /// differ (en for en-GB) where there is nothing closer.
  std::vector<LanguagePair> route(std::string_view source, std::string_view target) const;

  /// Languages that can be translated, and into which each can: codes, sorted, the direct and by a pivot.
  std::vector<std::string> sources() const;
  std::vector<std::string> targets(std::string_view source) const;

  /// Gives `ready` the model of a direction that is offered: at once if it is loaded, or else later, from the
  /// shelf's thread; or why it cannot be loaded. It must not throw.
  void open(const LanguagePair& direction, std::function<void(ReadyModel, std::exception_ptr)> ready);

  /// Waits for a model. What is wrong with it is thrown.
  ReadyModel open(const LanguagePair& direction);

  /// Looks at once which folders have changed; models of theirs that are loaded are loaded anew. Until that
  /// is done, and if it fails, the former ones serve on.
  void look_for_changes();

  ShelfFacts facts() const;

 private:
  class Shelf;
  std::unique_ptr<Shelf> shelf_;
};

}  // namespace heed
