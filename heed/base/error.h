#pragma once
#include <sstream>
#include <stdexcept>
#include <string>

namespace heed {

/// Root of every error this library throws; what() says where, what met what, and what to do.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Tensors whose shapes do not fit each other.
class ShapeError : public Error {
 public:
  using Error::Error;
};
/// A setting that is unknown, out of range, or at odds with another.
class ConfigError : public Error {
 public:
  using Error::Error;
};
/// Text or corpora that cannot be used as they are.
class DataError : public Error {
 public:
  using Error::Error;
};
/// A model or training state that cannot be read.
class CheckpointError : public Error {
 public:
  using Error::Error;
};
/// A file that cannot be opened, read or written.
class FileError : public Error {
 public:
  using Error::Error;
};

/// The parts, streamed one after the other.
template <class... Parts>
std::string message(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  return text.str();
}

/// Throws E built from the parts unless the condition holds.
template <class E, class... Parts>
void require(bool condition, const Parts&... parts) {
  if (!condition) [[unlikely]]
    throw E(message(parts...));
}

}  // namespace heed
