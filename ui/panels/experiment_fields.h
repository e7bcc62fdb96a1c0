#pragma once

#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

#include "api/training.h"

namespace fusemoe::ui {

/// A number of an experiment that can be edited.
struct NumberField {
  const char* key;    ///< names its editor
  QString name, tip;  ///< as shown; what it does and what is usual
  double least = 0, most = 0;
  bool whole = true;
  std::function<double(const Experiment&)> read;
  std::function<void(Experiment&, double)> write;
};

/// One of a few ways of an experiment.
struct ChoiceField {
  const char* key;
  QString name, tip;
  QStringList choices;
  std::function<int(const Experiment&)> read;
  std::function<void(Experiment&, int)> write;
};

/// Of the model: sizes and routing. Of training: schedule and losses.
std::vector<ChoiceField> modelChoices();
std::vector<NumberField> modelNumbers();
std::vector<NumberField> trainingNumbers();

}  // namespace fusemoe::ui
