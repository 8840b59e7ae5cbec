#pragma once

namespace heed {

/// What was printed so far goes out now. FileError if it cannot be written.
void flush_standard_output();

}  // namespace heed
