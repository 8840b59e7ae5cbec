#pragma once
#include <cstddef>

namespace heed {

/// Bytes of memory that the process holds now, and at its most so far.
std::size_t resident_bytes();
std::size_t peak_resident_bytes();

/// Bytes that the process could still take without pushing others out: what the system has free or can free,
/// or less where a control group or a limit of the process (ulimit -v, -d) allows less.
std::size_t available_bytes();

}  // namespace heed
