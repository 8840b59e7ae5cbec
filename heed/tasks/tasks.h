#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "heed/training/task.h"

namespace heed {

/// The tasks that heed knows, by the words of Hugging Face's hub; the first is what a model is for if nobody
/// says.
std::vector<std::string_view> task_names();
/// A task with its default options. ConfigError, listing those that there are, for a name that is not known.
std::unique_ptr<Task> make_task(std::string_view name);

}  // namespace heed
