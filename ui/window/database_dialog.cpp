#include "window/database_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "base/database_url.h"
#include "cohort/cohort_store.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kWidth = 560;
constexpr int kAnswerLines = 3;

QLabel* note(const QString& text) {
  auto* label = new QLabel(text);
  label->setObjectName(QStringLiteral("secondary"));
  label->setWordWrap(true);
  return label;
}

}  // namespace

DatabaseDialog::DatabaseDialog(const QString& url, QWidget* parent)
    : QDialog(parent), m_address(new QLineEdit(url)), m_password(new QLineEdit), m_answer(note({})) {
  setWindowTitle(tr("Open database"));
  setFixedWidth(kWidth);
  m_address->setPlaceholderText(QStringLiteral("postgresql://user@host:5432/database?cohort=name"));
  m_address->setAccessibleName(tr("Address of the database"));
  m_password->setEchoMode(QLineEdit::Password);
  m_password->setAccessibleName(tr("Password"));
  m_answer->setMinimumHeight(kAnswerLines * m_answer->fontMetrics().lineSpacing());
  m_answer->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  auto* form = new QFormLayout;
  form->setHorizontalSpacing(16);
  form->setVerticalSpacing(8);
  form->setLabelAlignment(Qt::AlignLeft);
  form->addRow(tr("&Address"), m_address);
  form->addRow(tr("&Password"), m_password);
  form->addRow(QString(), note(tr("The password is never saved. Left empty, PGPASSWORD and ~/.pgpass are used.")));
  auto* buttons = new QDialogButtonBox;
  m_test = buttons->addButton(tr("&Test connection"), QDialogButtonBox::ActionRole);
  m_open = buttons->addButton(tr("&Open"), QDialogButtonBox::AcceptRole);
  buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(16);
  column->addLayout(form);
  column->addWidget(m_answer);
  column->addWidget(buttons);
  connect(m_address, &QLineEdit::textChanged, this, &DatabaseDialog::follow);
  connect(m_test, &QPushButton::clicked, this, &DatabaseDialog::test);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons, &QDialogButtonBox::accepted, this, [this] {
    Q_EMIT chosen(QString::fromStdString(this->url()));
    accept();
  });
  follow();
}

std::string DatabaseDialog::url() const {
  return withPassword(m_address->text().trimmed().toStdString(), m_password->text().toStdString());
}

void DatabaseDialog::follow() {
  m_tester.cancel();
  const Result<DatabaseUrl> parsed = parseDatabaseUrl(m_address->text().trimmed().toStdString());
  m_test->setEnabled(parsed.has_value());
  m_open->setEnabled(parsed.has_value());
  m_answer->setText(parsed || m_address->text().isEmpty() ? QString() : QString::fromStdString(parsed.error().line()));
}

void DatabaseDialog::test() {
  m_answer->setText(tr("Connecting …"));
  m_test->setEnabled(false);
  const auto read = [url = url(), text = tr("%1: %2 stays.")]() -> Result<QString> {
    const Result<CohortPtr> cohort = CohortStore::open(url);
    if (!cohort) return failure(cohort.error());
    const Result<std::size_t> stays = (*cohort)->count("");
    if (!stays) return failure(stays.error());
    return text.arg(QString::fromStdString((*cohort)->info().title), count(static_cast<qint64>(*stays)));
  };
  m_tester.start(read, [this](Result<QString> answer) {
    m_test->setEnabled(true);
    m_answer->setText(answer ? *answer : QString::fromStdString(answer.error().line()));
  });
}

}  // namespace fusemoe::ui
