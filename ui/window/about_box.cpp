#include "window/about_box.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "state/document.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr int kWidth = 520;
constexpr int kDigestShown = 16;

QLabel* richLabel() {
  auto* label = new QLabel;
  label->setTextFormat(Qt::RichText);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

QString escaped(const std::string& text) {
  return QString::fromStdString(text).toHtmlEscaped();
}

}  // namespace

AboutBox::AboutBox(const ViewContext& context, QWidget* parent)
    : QDialog(parent), m_context(context), m_program(richLabel()), m_files(richLabel()) {
  setWindowTitle(tr("About FuseMoE Explorer"));
  setFixedWidth(kWidth);
  auto* badge = new QLabel(tr("Research use only. Not for clinical decisions."));
  badge->setObjectName(QStringLiteral("researchBadge"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
  buttons->button(QDialogButtonBox::Close)->setIcon({});
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(12);
  column->addWidget(m_program);
  column->addWidget(m_files);
  column->addWidget(badge, 0, Qt::AlignLeft | Qt::AlignTop);
  column->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
  connect(&context.document, &Document::changed, this, [this](Changes changes) {
    if (changes & (Change::Model | Change::Cohort)) follow();
  });
  follow();
}

QString AboutBox::text() const {
  return m_program->text() + m_files->text();
}

void AboutBox::follow() {
  const Document& document = m_context.document;
  const QString torch = document.model() ? escaped(document.engine().torchVersion) : QString();
  m_program->setText(
      tr("<h3>FuseMoE Explorer %1</h3>"
         "<p>What a mixture-of-experts model of several medical modalities does when one is missing. After Han, "
         "Nguyen, "
         "Harris, Ho and Saria, “FuseMoE”, NeurIPS 2024 (arXiv 2402.03226).</p>"
         "<p>Free software under the GNU General Public License, version 3 or later; it comes without any warranty. "
         "Built of Qt %2 (LGPL), QCustomPlot and VTK (GPL, BSD), LibTorch %3 (BSD), SQLite and SOCI.</p>")
          .arg(QApplication::applicationVersion(), QString::fromLatin1(qVersion()), torch));
  QString files;
  if (document.cohort()) {
    const CohortInfo& cohort = document.cohort()->info();
    files += tr("<p><b>Cohort</b> %1<br>%2</p>")
                 .arg(escaped(cohort.title.empty() ? cohort.name : cohort.title), escaped(cohort.attribution));
  }
  if (document.model()) {
    const ModelInfo& model = document.model()->info();
    files += tr("<p><b>Model</b> %1<br>SHA-256 %2 …, %3 parameters</p>")
                 .arg(fileName(model.path).toHtmlEscaped(), QString::fromStdString(model.digest).left(kDigestShown),
                      fusemoe::ui::count(model.parameters));
  }
  m_files->setText(files);
  m_files->setVisible(!files.isEmpty());
  adjustSize();
}

}  // namespace fusemoe::ui
