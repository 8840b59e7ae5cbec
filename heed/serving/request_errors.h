#pragma once
#include <chrono>

#include "heed/base/error.h"

namespace heed {

/// A request that was not taken, since too much waits already.
class QueueFull : public Error {
 public:
  QueueFull(const std::string& what, std::chrono::seconds later) : Error(what), retry_after(later) {}

  std::chrono::seconds retry_after;  // when there will be room, by what workers did of late
};

/// A request whose answer came, or would have come, later than it is of use.
class DeadlinePassed : public Error {
 public:
  using Error::Error;
};

/// A request that nobody waits for any more.
class RequestCancelled : public Error {
 public:
  using Error::Error;
};

/// A request that met the end of the program.
class ShuttingDown : public Error {
 public:
  using Error::Error;
};

}  // namespace heed
