#pragma once

#include "state/document.h"

namespace fusemoe::ui {

/// True when the reference's result is there and is of its model: not while that of another model is computed, which
/// may have other routers, experts and layers.
inline bool referenceKnown(const Document& document) {
  return document.reference() && document.referenceModel() &&
         document.reference()->key.modelDigest == document.referenceModel()->info().digest;
}

}  // namespace fusemoe::ui
