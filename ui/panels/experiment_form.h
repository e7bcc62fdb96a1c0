#pragma once

#include <QStringList>
#include <QWidget>
#include <functional>
#include <vector>

#include "state/experiment_choice.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QListWidget;

namespace fusemoe::ui {

class FreeSpinBox;

/// What is trained and how, to be edited: data, model and training side by side, each field explained where the user
/// is. It begins with what is suggested for the cohort.
class ExperimentForm : public QWidget {
  Q_OBJECT

 public:
  explicit ExperimentForm(QWidget* parent = nullptr);

  /// Offers the suggestion and those of `files` that fit; takes the first. An empty cohort info offers nothing.
  void setCohort(const CohortInfo& cohort, const QStringList& files);
  /// Takes over an experiment that was read from a file, and offers it from now on.
  void addExperiment(const QString& path, const Experiment& experiment);

  Experiment experiment() const;
  std::uint64_t seed() const;
  /// Experiments offered.
  QComboBox& experiments() const { return *m_experiments; }
  QComboBox& tasks() const { return *m_tasks; }
  QListWidget& modalities() const { return *m_modalities; }
  /// The editor of a number or a choice by its key ("experts", "gate", "seed", …).
  FreeSpinBox* number(const QString& key) const;
  QComboBox* choice(const QString& key) const;
  /// Adds a row at the end of the column of data.
  void addDataRow(const QString& name, QWidget* editor, const QString& tip);

 Q_SIGNALS:
  void changed();
  /// The field the user is at, explained; empty at none.
  void explained(const QString& text);
  /// Another experiment's file is wanted.
  void fileAsked();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QFormLayout* addColumn(const QString& title, int stretch);
  void addRow(QFormLayout& form, const QString& name, QWidget* editor, const QString& tip);
  void makeData();
  void makeModel();
  void makeTraining();
  void choose(int index);
  void show(const Experiment& experiment);
  void fillModalities(const ModelConfig& model);

  CohortInfo m_cohort;
  std::vector<ExperimentChoice> m_choices;
  Experiment m_shown;                     // as chosen, before edits
  std::vector<ModalityConfig> m_offered;  // a line of the list each
  bool m_filling = false;
  QFormLayout* m_data = nullptr;
  QComboBox* m_experiments = nullptr;
  QComboBox* m_tasks = nullptr;
  QListWidget* m_modalities = nullptr;
  FreeSpinBox* m_seed = nullptr;
  std::vector<std::function<void(const Experiment&)>> m_fill;
  std::vector<std::function<void(Experiment&)>> m_read;
};

}  // namespace fusemoe::ui
