#include "window/import_source_page.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace fusemoe::ui {
namespace {

constexpr int kListWidth = 208;
constexpr int kRowHeight = 30;

QLabel* wrapped(const QString& text, const char* name) {
  auto* label = new QLabel(text);
  label->setObjectName(QString::fromLatin1(name));
  label->setWordWrap(true);
  return label;
}

QString text(const std::string& value) {
  return QString::fromStdString(value);
}

}  // namespace

ImportSourcePage::ImportSourcePage(std::span<const ImporterInfo> importers, QWidget* parent)
    : QWidget(parent),
      m_importers(importers),
      m_list(new QListWidget),
      m_description(wrapped({}, "welcomeText")),
      m_right(new QWidget) {
  m_list->setObjectName(QStringLiteral("sourceList"));
  m_list->setFixedWidth(kListWidth);
  m_list->setAccessibleName(tr("Sources"));
  for (const ImporterInfo& importer : importers) {
    auto* item = new QListWidgetItem(text(importer.title), m_list);
    item->setSizeHint({0, kRowHeight});
    item->setToolTip(text(importer.description));
  }
  auto* column = new QVBoxLayout(m_right);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(16);
  column->addWidget(m_description);
  column->addStretch(1);
  column->addWidget(
      wrapped(tr("Or drop the files or their folder here: what they are is seen from their names."), "secondary"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(24);
  row->addWidget(m_list);
  row->addWidget(m_right, 1);
  connect(m_list, &QListWidget::currentRowChanged, this, [this] {
    showOptions();
    Q_EMIT changed();
  });
  if (!importers.empty()) m_list->setCurrentRow(0);
}

void ImportSourcePage::setSource(const ImportRequest& source) {
  const auto found = std::ranges::find(m_importers, source.importer, &ImporterInfo::name);
  if (found == m_importers.end()) return;
  for (const auto& [option, value] : source.options) m_values[source.importer][option] = value;
  const auto row = static_cast<int>(found - m_importers.begin());
  if (m_list->currentRow() == row) {
    showOptions();
    Q_EMIT changed();
  } else {
    m_list->setCurrentRow(row);
  }
}

ImportRequest ImportSourcePage::source() const {
  ImportRequest request;
  if (m_list->currentRow() < 0) return request;
  const ImporterInfo& info = m_importers[size_t(m_list->currentRow())];
  request.importer = info.name;
  for (const ImportOption& option : info.options)
    if (const QString value = valueOf(option.name); !value.isEmpty())
      request.options[option.name] = value.toStdString();
  return request;
}

QString ImportSourcePage::valueOf(const std::string& option) const {
  QWidget* editor = m_editors.value(text(option));
  if (const auto* line = qobject_cast<QLineEdit*>(editor)) return line->text().trimmed();
  if (const auto* combo = qobject_cast<QComboBox*>(editor)) return combo->currentText();
  return {};
}

QString ImportSourcePage::missing() const {
  if (m_list->currentRow() < 0) return tr("a source");
  for (const ImportOption& option : m_importers[size_t(m_list->currentRow())].options)
    if (option.required && option.initial.empty() && valueOf(option.name).isEmpty()) return text(option.title);
  return {};
}

void ImportSourcePage::showOptions() {
  delete m_options;
  m_editors.clear();
  const ImporterInfo& info = m_importers[size_t(m_list->currentRow())];
  m_description->setText(text(info.description));
  m_options = new QWidget;
  auto* grid = new QGridLayout(m_options);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(2);
  grid->setColumnStretch(1, 1);
  int row = 0;
  for (const ImportOption& option : info.options) {
    auto* label = new QLabel(option.required ? text(option.title) : tr("%1 (optional)").arg(text(option.title)));
    QWidget* editor = makeEditor(option);
    label->setBuddy(editor);
    grid->addWidget(label, row, 0);
    grid->addWidget(editor, row, 1);
    grid->addWidget(wrapped(text(option.help), "secondary"), row + 1, 1);
    grid->setRowMinimumHeight(row + 2, 10);
    row += 3;
  }
  static_cast<QVBoxLayout*>(m_right->layout())->insertWidget(1, m_options);
}

QWidget* ImportSourcePage::makeEditor(const ImportOption& option) {
  if (option.kind != ImportOption::Kind::Choice) return makePathEditor(option);
  auto* combo = new QComboBox;
  for (const std::string& choice : option.choices) combo->addItem(text(choice));
  std::string& value = m_values[source().importer][option.name];
  combo->setCurrentText(text(value.empty() ? option.initial : value));
  combo->setAccessibleName(text(option.title));
  m_editors.insert(text(option.name), combo);
  connect(combo, &QComboBox::currentTextChanged, this, [this, &value](const QString& chosen) {
    value = chosen.toStdString();
    Q_EMIT changed();
  });
  return combo;
}

QWidget* ImportSourcePage::makePathEditor(const ImportOption& option) {
  auto* whole = new QWidget;
  auto* row = new QHBoxLayout(whole);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  auto* line = new QLineEdit;
  // The map outlives the editor: the page keeps what was entered for every importer.
  std::string& value = m_values[m_importers[size_t(m_list->currentRow())].name][option.name];
  line->setText(text(value.empty() ? option.initial : value));
  line->setAccessibleName(text(option.title));
  row->addWidget(line, 1);
  m_editors.insert(text(option.name), line);
  connect(line, &QLineEdit::textChanged, this, [this, &value](const QString& entered) {
    value = entered.trimmed().toStdString();
    Q_EMIT changed();
  });
  const auto choose = [this, line, title = text(option.title)](QFileDialog::FileMode mode) {
    auto* dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    if (!line->text().isEmpty()) dialog->setDirectory(QFileInfo(line->text()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, line, &QLineEdit::setText);
    dialog->open();
  };
  using Kind = ImportOption::Kind;
  const auto add = [&](const QString& name, QFileDialog::FileMode mode) {
    auto* button = new QPushButton(name);
    button->setAutoDefault(false);
    row->addWidget(button);
    connect(button, &QPushButton::clicked, this, [choose, mode] { choose(mode); });
  };
  if (option.kind != Kind::Folder) add(tr("File …"), QFileDialog::ExistingFile);
  if (option.kind != Kind::File) add(tr("Folder …"), QFileDialog::Directory);
  whole->setFocusProxy(line);
  return whole;
}

}  // namespace fusemoe::ui
