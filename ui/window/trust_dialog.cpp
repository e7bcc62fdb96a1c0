#include "window/trust_dialog.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "state/program_trust.h"

namespace fusemoe::ui {
namespace {

constexpr int kWidth = 560;

QLabel* words(const QString& text, const char* name) {
  auto* label = new QLabel(text);
  label->setObjectName(QLatin1String(name));
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  return label;
}

}  // namespace

TrustDialog::TrustDialog(const QString& path, const QString& digest, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Run this program?"));
  setFixedWidth(kWidth);
  auto* title = words(tr("%1 is a program, not only weights.").arg(QFileInfo(path).fileName()), "formHeading");
  auto* meaning = words(
      tr("A TorchScript model is computed by code that whoever made it wrote. It runs inside FuseMoE Explorer, is "
         "given the data of your patients, and can read, write and replace files with your rights."),
      "");
  auto* advice = words(tr("Run it only if you know who made it and trust them. A program that never ends cannot be "
                          "stopped: FuseMoE Explorer must then be killed."),
                       "");
  auto* place = words(path + QLatin1Char('\n') + tr("SHA-256 %1 …").arg(digest.left(16)), "secondary");
  place->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* buttons = new QDialogButtonBox;
  m_refuse = buttons->addButton(tr("Do not run"), QDialogButtonBox::RejectRole);
  m_run = buttons->addButton(tr("&Run it"), QDialogButtonBox::AcceptRole);
  m_refuse->setObjectName(QStringLiteral("primary"));
  m_run->setAutoDefault(false);
  m_refuse->setDefault(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, 20, 24, 16);
  column->setSpacing(12);
  for (QLabel* label : {title, meaning, advice, place}) column->addWidget(label);
  column->addSpacing(4);
  column->addWidget(buttons);
  m_refuse->setFocus();  // now that it is in the window
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void askAboutPrograms(ProgramTrust& trust, QWidget& window) {
  QObject::connect(&trust, &ProgramTrust::asked, &window,
                   [&trust, &window](const QString& path, const QString& digest) {
                     auto* dialog = new TrustDialog(path, digest, &window);
                     dialog->setAttribute(Qt::WA_DeleteOnClose);
                     QObject::connect(dialog, &QDialog::finished, &trust,
                                      [&trust](int result) { trust.answer(result == QDialog::Accepted); });
                     dialog->open();
                   });
}

}  // namespace fusemoe::ui
