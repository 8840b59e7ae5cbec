#include "heed/serving/model_shelf.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "heed/base/pinning.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/io/file_fingerprint.h"
#include "heed/serving/request_errors.h"
#include "heed/text/language_codes.h"

namespace heed {
namespace {

using Waiting = std::function<void(ReadyModel, std::exception_ptr)>;

/// Names what the files of a folder hold without reading them.
std::string fingerprint_of(const std::filesystem::path& folder) {
  require<FileError>(std::filesystem::is_directory(folder), folder.string(), ": there is no such folder");
  std::set<std::string> lines;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    // What says something about the model, not what it is.
    if (!entry.is_regular_file() || extension == ".md" || extension == ".html" || extension == ".lock")
      continue;
    lines.insert(file_fingerprint(entry.path()));
  }
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

/// Of codes, the closest to one that is asked for; nothing if none will do.
std::optional<std::string> closest(const std::set<std::string>& codes, std::string_view wanted) {
  std::optional<std::string> best;
  int most = 0;
  for (const std::string& code : codes)
    if (const int close = closeness(code, wanted); close > most) best = code, most = close;
  return best;
}

}  // namespace

class ModelShelf::Shelf {
 public:
  Shelf(std::vector<OfferedModel> models, Backend& backend, ShelfOptions options)
      : offered_(std::move(models)),
        backend_(backend),
        options_(std::move(options)),
        places_(offered_.size()) {
    require<ConfigError>(!offered_.empty(), "no model is offered; name at least one");
    std::set<LanguagePair> directions;
    for (const OfferedModel& model : offered_) {
      const auto& [source, target] = model.languages;
      require<ConfigError>(directions.insert(model.languages).second, model.folder.string(),
                           ": there is another model from ", source, " to ", target, "; offer one of them");
      sources_.insert(source);
    }
    thread_ = std::thread([this] { serve(); });
  }

  ~Shelf() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    wake_.notify_all();
    thread_.join();
    for (Place& place : places_)
      for (const Waiting& waiting : place.waiting)
        waiting({}, std::make_exception_ptr(ShuttingDown("the program is about to end")));
  }

  const std::vector<OfferedModel>& offered() const { return offered_; }
  const std::set<std::string>& sources() const { return sources_; }

  /// Languages that can be translated and serve for one, the closest first.
  std::vector<std::string> sources_for(std::string_view language) const {
    std::vector<std::pair<int, std::string>> close;
    for (const std::string& code : sources_)
      if (const int how = closeness(code, language); how > 0) close.emplace_back(-how, code);
    std::sort(close.begin(), close.end());
    std::vector<std::string> codes;
    for (auto& [rank, code] : close) codes.push_back(std::move(code));
    return codes;
  }

  std::set<std::string> direct_targets(std::string_view source) const {
    std::set<std::string> targets;
    for (const OfferedModel& model : offered_)
      if (model.languages.source == source) targets.insert(model.languages.target);
    return targets;
  }

  void open(const LanguagePair& direction, Waiting ready) {
    const auto at = static_cast<std::size_t>(
        std::find_if(offered_.begin(), offered_.end(),
                     [&](const OfferedModel& model) { return model.languages == direction; }) -
        offered_.begin());
    require<ConfigError>(at < offered_.size(), "no model from ", direction.source, " to ", direction.target,
                         " is offered");
    ReadyModel model;
    {
      const std::lock_guard lock(mutex_);
      require<ShuttingDown>(!stopped_, "the program is about to end");
      Place& place = places_[at];
      place.used = ServingTime::now();
      if (!place.model.translator) {
        if (place.waiting.empty()) to_load_.push_back(at);
        place.waiting.push_back(std::move(ready));
        wake_.notify_all();
        return;
      }
      model = place.model;
    }
    ready(std::move(model), nullptr);
  }

  void look_for_changes() {
    {
      const std::lock_guard lock(mutex_);
      look_now_ = true;
    }
    wake_.notify_all();
  }

  ShelfFacts facts() const {
    const std::lock_guard lock(mutex_);
    ShelfFacts facts = facts_;
    facts.offered = std::ssize(offered_);
    for (const Place& place : places_) {
      facts.loaded += place.model.translator ? 1 : 0;
      facts.loading += place.waiting.empty() ? 0 : 1;
      facts.bytes += place.bytes;
    }
    return facts;
  }

 private:
  using ServingTime = std::chrono::steady_clock;

  /// Where a model is, if it is loaded.
  struct Place {
    ReadyModel model;
    std::uintmax_t bytes = 0;
    ServingTime::time_point used{};
    std::vector<Waiting> waiting;
    std::string refused;  // the fingerprint of files that could not be loaded in place of the model
  };

  void serve() {
    unpin_thread();
    std::unique_lock lock(mutex_);
    while (!stopped_) {
      const auto due = [&] { return stopped_ || look_now_ || !to_load_.empty(); };
      bool look = false;
      if (options_.look_every.count() > 0)
        look = !wake_.wait_for(lock, options_.look_every, due);
      else
        wake_.wait(lock, due);
      if (stopped_) return;
      if (!to_load_.empty()) {
        const std::size_t at = to_load_.front();
        to_load_.pop_front();
        lock.unlock();
        load(at);
        lock.lock();
      } else if (look || look_now_) {
        look_now_ = false;
        lock.unlock();
        for (std::size_t at = 0; at < places_.size(); ++at) look_at(at);
        lock.lock();
      }
    }
  }

  void tell(const std::string& text) const {
    if (options_.tell) options_.tell(text);
  }

  struct Loaded {
    ReadyModel model;
    std::uintmax_t bytes = 0;
  };

  Loaded read(const OfferedModel& offered) const {
    Loaded loaded;
    // Before the files are read: what changes meanwhile is seen at the next look.
    loaded.model.fingerprint = fingerprint_of(offered.folder);
    loaded.bytes = std::filesystem::file_size(parameters_file(offered.folder));
    loaded.model.translator =
        std::make_shared<const Translator>(offered.folder, backend_, options_.precision);
    return loaded;
  }

  void load(std::size_t at) {
    Loaded loaded;
    std::exception_ptr error;
    try {
      std::error_code unknown;
      const auto bytes = std::filesystem::file_size(parameters_file(offered_[at].folder), unknown);
      if (!unknown) make_room(at, bytes);
      loaded = read(offered_[at]);
      tell(offered_[at].folder.string() + ": loaded");
    } catch (const std::exception& why) {
      error = std::current_exception();
      tell(offered_[at].folder.string() + ": cannot be loaded: " + why.what());
    }
    std::vector<Waiting> waiting;
    {
      const std::lock_guard lock(mutex_);
      Place& place = places_[at];
      waiting.swap(place.waiting);
      if (error) {
        ++facts_.failures;
      } else {
        ++facts_.loads;
        place.model = loaded.model, place.bytes = loaded.bytes;
        place.used = ServingTime::now();
      }
    }
    for (const Waiting& ready : waiting) ready(loaded.model, error);
  }

  /// Lets models go until so many more bytes are within the limit.
  void make_room(std::size_t for_place, std::uintmax_t bytes) {
    while (true) {
      ReadyModel gone;
      std::size_t oldest = places_.size();
      {
        const std::lock_guard lock(mutex_);
        std::uintmax_t held = 0;
        for (std::size_t at = 0; at < places_.size(); ++at) {
          const Place& place = places_[at];
          if (!place.model.translator || at == for_place) continue;
          held += place.bytes;
          if (oldest == places_.size() || place.used < places_[oldest].used) oldest = at;
        }
        if (oldest == places_.size() || (bytes <= options_.memory && held <= options_.memory - bytes)) return;
        gone = std::exchange(places_[oldest].model, {});
        places_[oldest].bytes = 0;
        ++facts_.let_go;
      }
      tell(offered_[oldest].folder.string() + ": let go to make room");
    }
  }

  /// Loads a model anew if it is loaded and its folder has changed since.
  void look_at(std::size_t at) {
    std::string serving;
    {
      const std::lock_guard lock(mutex_);
      if (stopped_ || !places_[at].model.translator) return;
      serving = places_[at].model.fingerprint;
    }
    std::string now = "unreadable";
    ReadyModel former;  // let go outside of the lock
    try {
      now = fingerprint_of(offered_[at].folder);
      if (now == serving || now == places_[at].refused) return;
      Loaded loaded = read(offered_[at]);
      tell(offered_[at].folder.string() + ": has changed and was loaded anew");
      const std::lock_guard lock(mutex_);
      ++facts_.loads;
      former = std::exchange(places_[at].model, std::move(loaded.model));
      places_[at].bytes = loaded.bytes;
      places_[at].refused.clear();
    } catch (const std::exception& why) {
      if (now == places_[at].refused) return;
      tell(offered_[at].folder.string() +
           ": has changed and cannot be loaded, the former model serves on: " + why.what());
      const std::lock_guard lock(mutex_);
      ++facts_.failures;
      places_[at].refused = now;
    }
  }

  const std::vector<OfferedModel> offered_;
  Backend& backend_;
  const ShelfOptions options_;
  std::set<std::string> sources_;
  mutable std::mutex mutex_;  // guards all below but the thread; `refused` is the thread's alone
  std::condition_variable wake_;
  std::vector<Place> places_;
  std::deque<std::size_t> to_load_;
  bool look_now_ = false, stopped_ = false;
  ShelfFacts facts_;
  std::thread thread_;
};

ModelShelf::ModelShelf(std::vector<OfferedModel> models, Backend& backend, const ShelfOptions& options)
    : shelf_(std::make_unique<Shelf>(std::move(models), backend, options)) {}
ModelShelf::~ModelShelf() = default;

const std::vector<OfferedModel>& ModelShelf::offered() const { return shelf_->offered(); }

std::vector<LanguagePair> ModelShelf::route(std::string_view source, std::string_view target) const {
  const std::vector<std::string> from = shelf_->sources_for(source);
  const auto direct = [&](const std::vector<std::string>& codes) -> std::optional<LanguagePair> {
    for (const std::string& code : codes)
      if (auto to = closest(shelf_->direct_targets(code), target)) return LanguagePair{code, *std::move(to)};
    return std::nullopt;
  };
  if (auto leg = direct(from)) return {*std::move(leg)};
  if (closeness(source, target) > 0) return {};
  for (const std::string& code : from) {
    std::vector<std::vector<LanguagePair>> ways;
    for (const std::string& pivot : shelf_->direct_targets(code))
      if (auto onward = direct(shelf_->sources_for(pivot)))
        ways.push_back({{code, pivot}, *std::move(onward)});
    for (const auto& way : ways)
      if (closeness(way[0].target, "en") > 0) return way;
    if (!ways.empty()) return ways.front();
  }
  return {};
}

std::vector<std::string> ModelShelf::sources() const {
  return {shelf_->sources().begin(), shelf_->sources().end()};
}

std::vector<std::string> ModelShelf::targets(std::string_view source) const {
  std::set<std::string> all, reached;
  for (const OfferedModel& model : offered()) all.insert(model.languages.target);
  for (const std::string& target : all)
    if (!route(source, target).empty()) reached.insert(target);
  return {reached.begin(), reached.end()};
}

void ModelShelf::open(const LanguagePair& direction,
                      std::function<void(ReadyModel, std::exception_ptr)> ready) {
  shelf_->open(direction, std::move(ready));
}

ReadyModel ModelShelf::open(const LanguagePair& direction) {
  auto promise = std::make_shared<std::promise<ReadyModel>>();
  auto future = promise->get_future();
  open(direction, [promise](ReadyModel model, std::exception_ptr error) {
    if (error)
      promise->set_exception(error);
    else
      promise->set_value(std::move(model));
  });
  return future.get();
}

void ModelShelf::look_for_changes() { shelf_->look_for_changes(); }
ShelfFacts ModelShelf::facts() const { return shelf_->facts(); }

}  // namespace heed
