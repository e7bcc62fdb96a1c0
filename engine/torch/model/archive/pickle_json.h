#pragma once

#include <string>

#include "base/result.h"
#include "torch/model/archive/pickle_value.h"

namespace fusemoe {

/// A pickled value as JSON text: an argparse.Namespace and dicts as objects, sequences as lists, numpy scalars as
/// numbers, any other object as the text "<module.name>". Bounded: 64 levels, 100,000 values, 4 MiB of text. `what`
/// begins messages. Error: a bound is exceeded, as by what refers to itself.
Result<std::string> jsonOf(const Pickle& pickle, PickleRef value, const std::string& what);

}  // namespace fusemoe
