#include "heed/image_classifier/image_examples.h"

#include <exception>
#include <mutex>
#include <stdexcept>

#include "heed/base/first_failure.h"
#include "heed/base/parallel.h"
#include "heed/image_classifier/patches.h"

namespace heed {
SeenImages::SeenImages(std::vector<StoredImage> images, const ImageInput& input, ImageFit fit,
                       std::size_t most_bytes)
    : images_(std::move(images)), input_(input), fit_(fit) {
  const bool kept = images_.size() <= most_bytes / bytes_of_one();
  std::vector<std::uint8_t> samples(kept ? images_.size() * bytes_of_one() : 0);
  FirstFailure failure;
  parallel_for(size(), 16, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) try {
        const Image image = (*this)[i];
        if (kept) std::ranges::copy(image.samples, samples.begin() + i * std::ssize(image.samples));
      } catch (...) {
        return failure.note(i, std::current_exception());
      }
  });
  failure.rethrow();
  samples_ = std::move(samples);
}

Image SeenImages::operator[](Index number) const {
  if (samples_.empty()) return seen_image(images_[static_cast<std::size_t>(number)].read(), input_, fit_);
  const auto bytes = static_cast<std::ptrdiff_t>(bytes_of_one());
  const auto from = samples_.begin() + number * bytes;
  return {input_.size, input_.size, input_.channels, {from, from + bytes}};
}

ImageExamples::ImageExamples(std::shared_ptr<const SeenImages> images, std::vector<Index> classes,
                             std::optional<ImageVariation> variation)
    : images_(std::move(images)), classes_(std::move(classes)), variation_(std::move(variation)) {
  if (images_->size() != std::ssize(classes_)) throw std::logic_error("each image has a class");
}

Image ImageExamples::image(Index example, Index epoch) const {
  Image image = (*images_)[example];
  if (!variation_) return image;
  // Which random numbers of a seed say how images are varied: not those of weights, batches or dropout.
  constexpr std::uint64_t streams = std::uint64_t{0x1A6E} << 48;
  return augmented(image, variation_->options,
                   Random(variation_->seed, streams + (static_cast<std::uint64_t>(epoch) << 32) +
                                                static_cast<std::uint64_t>(example)));
}

void ImageExamples::append(Index example, Index epoch, std::span<Column> columns) const {
  Column &patches = columns[0], &classes = columns[1];
  patches.width = images_->input().numbers();
  append_patches(image(example, epoch), images_->input(), patches.numbers);
  patches.lengths.push_back(images_->input().patches());
  classes.tokens.push_back(classes_[static_cast<std::size_t>(example)]);
  classes.lengths.push_back(1);
}

}  // namespace heed
