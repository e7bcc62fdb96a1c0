#pragma once

#include <string>
#include <vector>

#include "api/model_config.h"
#include "panels/segmented_switch.h"

class QComboBox;

namespace fusemoe::ui {

class Document;

/// Which part of the open cohort an analysis runs over: the splits that hold stays, and all of it.
class SplitChoice : public SegmentedSwitch {
  Q_OBJECT

 public:
  explicit SplitChoice(QWidget* parent = nullptr);

  /// Offers what the open cohort has; the choice stays where it can, else it is the one that is `preferred`.
  void follow(const Document& document, const std::string& preferred = "test");
  /// As the analyses name it; "" = all.
  std::string split() const;
  /// "split test", "all stays".
  QString words() const;

 private:
  std::vector<std::string> m_splits;
};

/// Offers the modalities of the open model; the choice stays where its name does. At first the one that most stays
/// lack, though not all.
void fillModalities(QComboBox& box, const Document& document);

}  // namespace fusemoe::ui
