#include "window/preferences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "state/settings.h"

namespace fusemoe::ui {
namespace {

constexpr int kWidth = 460;

QLabel* note(const QString& text) {
  auto* label = new QLabel(text);
  label->setObjectName(QStringLiteral("secondary"));
  label->setWordWrap(true);
  return label;
}

}  // namespace

Preferences::Preferences(Settings& settings, QWidget* parent)
    : QDialog(parent),
      m_settings(settings),
      m_theme(new QComboBox),
      m_language(new QComboBox),
      m_reopen(new QCheckBox(tr("Begin with what was open last"))),
      m_risk(new QCheckBox(tr("Fill in the risk column of the stay list"))),
      m_animate(new QCheckBox(tr("Move from state to state instead of jumping"))),
      m_identifiers(new QCheckBox(tr("Write stay ids into exports"))) {
  setWindowTitle(tr("Preferences"));
  setFixedWidth(kWidth);
  m_theme->addItems({tr("As the system"), tr("Light"), tr("Dark")});
  // A language is written in itself, so that it is found by those who read it.
  m_language->addItem(tr("As the system"), QStringLiteral("system"));
  m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
  m_language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(16);
  form->setVerticalSpacing(8);
  form->setLabelAlignment(Qt::AlignLeft);
  form->addRow(tr("&Theme"), m_theme);
  form->addRow(tr("&Language"), m_language);
  form->addRow(QString(), note(tr("Another language is used from the next start.")));
  form->addRow(tr("Start"), m_reopen);
  form->addRow(tr("Cohort"), m_risk);
  form->addRow(QString(), note(tr("Every stay is predicted in the background, while nothing else is computed.")));
  form->addRow(tr("Views"), m_animate);
  form->addRow(tr("Export"), m_identifiers);
  form->addRow(QString(), note(tr("Off, figures and tables can be given away without telling who the patients are.")));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
  buttons->button(QDialogButtonBox::Close)->setIcon({});
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(16);
  column->addLayout(form);
  column->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
  connect(m_theme, &QComboBox::activated, this, [this](int index) { m_settings.setTheme(ThemeChoice(index)); });
  connect(m_language, &QComboBox::activated, this,
          [this](int index) { m_settings.setLanguage(m_language->itemData(index).toString()); });
  connect(m_reopen, &QCheckBox::toggled, this, [this](bool on) { m_settings.setReopenLast(on); });
  connect(m_risk, &QCheckBox::toggled, this, [this](bool on) { m_settings.setBackgroundRisk(on); });
  connect(m_animate, &QCheckBox::toggled, this, [this](bool on) { m_settings.setAnimate(on); });
  connect(m_identifiers, &QCheckBox::toggled, this, [this](bool on) { m_settings.setExportIdentifiers(on); });
  connect(&settings, &Settings::changed, this, &Preferences::follow);
  follow();
}

void Preferences::follow() {
  m_theme->setCurrentIndex(static_cast<int>(m_settings.theme()));
  m_language->setCurrentIndex(std::max(m_language->findData(m_settings.language()), 0));
  m_reopen->setChecked(m_settings.reopenLast());
  m_risk->setChecked(m_settings.backgroundRisk());
  m_animate->setChecked(m_settings.animate());
  m_identifiers->setChecked(m_settings.exportIdentifiers());
}

}  // namespace fusemoe::ui
