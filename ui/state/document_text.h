#pragma once

#include <QString>
#include <vector>

#include "api/intervention.h"

namespace fusemoe::ui {

class Document;

/// Why there is no result to show, and the next step; empty when there is one.
QString emptyHint(const Document& document);

/// Label of the prediction: the task's title, or its name.
QString taskTitle(const Document& document);

/// What everything is compared with, in a word or two: "as recorded", "A", "A: other.safetensors", "A: stay 12".
QString referenceName(const Document& document);

/// What an intervention changes, in words: "Experts changed: knock-out 2:7 — not the trained model". Empty for none.
QString interventionText(const Intervention& intervention);
QString substituteName(MissingSubstitute substitute);

/// What is drawn behind, in a word or two: the reference, or while flipped the state as it is ("now").
QString ghostName(const Document& document);

/// Words for the labels of a stay ("death", "no", "unknown"), after the cohort's first task.
QString labelText(const Document& document, const std::vector<float>& labels);

/// What the window shows, as plain text: model, cohort, stay, states, prediction, and each layer's entropy terms and
/// load.
QString textSummary(const Document& document);

}  // namespace fusemoe::ui
