#include "panels/experiment_fields.h"

#include <QCoreApplication>
#include <type_traits>

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::ExperimentFields)
};

template <class Part, class T>
NumberField number(const char* key, const QString& name, const QString& tip, double least, double most,
                   Part Experiment::*part, T Part::*member) {
  return {key,
          name,
          tip,
          least,
          most,
          std::is_integral_v<T>,
          [=](const Experiment& from) { return static_cast<double>(from.*part.*member); },
          [=](Experiment& to, double value) { to.*part.*member = static_cast<T>(value); }};
}

template <class T>
ChoiceField choice(const char* key, const QString& name, const QString& tip, const QStringList& choices,
                   T ModelConfig::*member) {
  return {key,
          name,
          tip,
          choices,
          [=](const Experiment& from) { return static_cast<int>(from.model.*member); },
          [=](Experiment& to, int index) { to.model.*member = static_cast<T>(index); }};
}

}  // namespace

std::vector<ChoiceField> modelChoices() {
  return {
      choice(
          "gate", Text::tr("Gate"),
          Text::tr("How well a token fits an expert: softmax xᵀW, Laplace −‖x−W‖₂ (the paper's), Gaussian −‖x−W‖₂²."),
          {Text::tr("softmax"), Text::tr("Laplace"), Text::tr("Gaussian")}, &ModelConfig::gate),
      choice(
          "router", Text::tr("Router"),
          Text::tr("Who chooses experts: one router for all modalities, one each over a shared pool, or one each with "
                   "experts of its own."),
          {Text::tr("joint"), Text::tr("per modality, shared"), Text::tr("per modality, own")}, &ModelConfig::router),
      choice("token", Text::tr("Token"),
             Text::tr("What is routed: a modality's whole sequence (the authors' code), or each of its time bins (the "
                      "paper)."),
             {Text::tr("whole sequence"), Text::tr("time bin")}, &ModelConfig::token),
      choice("missing", Text::tr("Missing"),
             Text::tr("What a missing modality becomes: a learned embedding (the paper) or zeros (the authors' code)."),
             {Text::tr("learned embedding"), Text::tr("zeros")}, &ModelConfig::missing),
  };
}

std::vector<NumberField> modelNumbers() {
  constexpr auto kModel = &Experiment::model;
  return {
      number("experts", Text::tr("Experts"), Text::tr("S, in each layer, over all pools. The paper: 16."), 1, 4096,
             kModel, &ModelConfig::experts),
      number("topK", Text::tr("Top-K"), Text::tr("Experts each token keeps; only these are computed. The paper: 4."), 1,
             4096, kModel, &ModelConfig::topK),
      number("layers", Text::tr("Layers"), Text::tr("Fusion layers, each with routers of its own. The paper: 3."), 1,
             64, kModel, &ModelConfig::layers),
      number("width", Text::tr("Width"),
             Text::tr("D, numbers in a token; a multiple of the heads. The paper: 128; 32 to 64 train in minutes."), 1,
             8192, kModel, &ModelConfig::width),
      number("heads", Text::tr("Heads"), Text::tr("Of attention over time and over observations. The paper: 8."), 1,
             256, kModel, &ModelConfig::heads),
      number("bins", Text::tr("Time bins"), Text::tr("Into which the window is divided. The paper: 48 for 48 hours."),
             2, 4096, kModel, &ModelConfig::bins),
      number("expertHidden", Text::tr("Expert width"), Text::tr("Hidden units of an expert. The paper: 512."), 1, 65536,
             kModel, &ModelConfig::expertHidden),
      number("dropout", Text::tr("Dropout"), Text::tr("Share of units left out in each training step. The paper: 0.1."),
             0, 0.95, kModel, &ModelConfig::dropout),
  };
}

std::vector<NumberField> trainingNumbers() {
  constexpr auto kTraining = &Experiment::training;
  const auto loss = [](const char* key, const QString& name, const QString& tip, double least,
                       double LossConfig::*member) {
    return NumberField{key,
                       name,
                       tip,
                       least,
                       1000,
                       false,
                       [=](const Experiment& from) { return from.model.loss.*member; },
                       [=](Experiment& to, double value) { to.model.loss.*member = value; }};
  };
  return {
      number("epochs", Text::tr("Epochs"), Text::tr("At most; the best one on the validation split is kept."), 1, 10000,
             kTraining, &TrainConfig::epochs),
      number("batch", Text::tr("Batch"), Text::tr("Stays in one step."), 1, 65536, kTraining, &TrainConfig::batch),
      number("learningRate", Text::tr("Learning rate"), Text::tr("Of Adam. The paper: 0.0004."), 1e-8, 10, kTraining,
             &TrainConfig::learningRate),
      number("weightDecay", Text::tr("Weight decay"), Text::tr("Of Adam; 0 = none."), 0, 10, kTraining,
             &TrainConfig::weightDecay),
      number("patience", Text::tr("Patience"),
             Text::tr("Epochs without a better validation AUROC before training ends by itself."), 1, 10000, kTraining,
             &TrainConfig::patience),
      number(
          "modalityDropout", Text::tr("Modality dropout"),
          Text::tr("Chance that a present modality is hidden for a step, so that the model learns to do without it."),
          0, 0.95, kTraining, &TrainConfig::modalityDropout),
      number("classWeight", Text::tr("Class weight"),
             Text::tr("Of the positive class in a binary loss; 0 = negatives / positives."), 0, 10000, kTraining,
             &TrainConfig::classWeight),
      loss("balance", Text::tr("Balance loss"),
           Text::tr("Coefficient c of CV²(importance) + CV²(load), which spreads the work over the experts; 0 = off."),
           0, &LossConfig::balance),
      loss(
          "entropy", Text::tr("Entropy loss"),
          Text::tr("Coefficient of E = mean of H − H of mean, which makes each modality's router choose experts of its "
                   "own; 0 = off."),
          -1000, &LossConfig::entropy),
  };
}

}  // namespace fusemoe::ui
