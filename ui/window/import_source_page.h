#pragma once

#include <QHash>
#include <QWidget>
#include <functional>

#include "cohort/import/importer.h"

class QGridLayout;
class QLabel;
class QListWidget;

namespace fusemoe::ui {

/// Where data come from: an importer out of a list, and the files or folders it asks for.
class ImportSourcePage : public QWidget {
  Q_OBJECT

 public:
  explicit ImportSourcePage(std::span<const ImporterInfo> importers, QWidget* parent = nullptr);

  /// Takes over what a request names; an unknown importer changes nothing.
  void setSource(const ImportRequest& source);
  /// Importer and options as entered.
  ImportRequest source() const;
  /// The first required option without a value; empty when there is none.
  QString missing() const;
  QListWidget& list() const { return *m_list; }
  /// The editor of an option of the chosen importer: a line edit or a combo box.
  QWidget* editor(const QString& option) const { return m_editors.value(option); }

 Q_SIGNALS:
  void changed();

 private:
  void showOptions();
  QWidget* makeEditor(const ImportOption& option);
  QWidget* makePathEditor(const ImportOption& option);
  QString valueOf(const std::string& option) const;

  std::span<const ImporterInfo> m_importers;
  QListWidget* m_list;
  QLabel* m_description;
  QWidget* m_options = nullptr;
  QWidget* m_right;
  QHash<QString, QWidget*> m_editors;
  std::map<std::string, std::map<std::string, std::string>> m_values;  // entered so far, by importer and option
};

}  // namespace fusemoe::ui
