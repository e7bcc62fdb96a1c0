#include "state/format.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <cmath>

namespace fusemoe::ui {
namespace {

constexpr QChar kMinus(0x2212);

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::format)
};

}  // namespace

QString number(double value, int decimals) {
  QString text = QString::number(std::abs(value), 'f', decimals);
  const bool zero = text.toDouble() == 0.0;
  return value < 0 && !zero ? kMinus + text : text;
}

QString signedNumber(double value, int decimals) {
  const QString text = QString::number(std::abs(value), 'f', decimals);
  if (text.toDouble() == 0.0) return QChar(0xB1) + text;
  return (value < 0 ? kMinus : QChar('+')) + text;
}

QString count(qint64 value) {
  return QLocale(QLocale::English).toString(value);
}

QString counted(qint64 value, const QString& one, const QString& many) {
  return value == 1 ? one : many.arg(count(value));
}

QString modalityTitle(const ModelConfig& config, int modality) {
  const ModalityConfig& entry = config.modalities.at(static_cast<std::size_t>(modality));
  return QString::fromStdString(entry.title.empty() ? entry.name : entry.title);
}

QString routerTitle(const ModelConfig& config, int modality) {
  return modality < 0 ? Text::tr("All modalities") : modalityTitle(config, modality);
}

QString expertName(int expert) {
  return QStringLiteral("E%1").arg(expert + 1);
}

QString logitFormula(Gate gate) {
  switch (gate) {
    case Gate::Softmax:
      return QStringLiteral("xᵀW");
    case Gate::Laplace:
      return QStringLiteral("−‖x−W‖₂");
    case Gate::Gaussian:
      return QStringLiteral("−‖x−W‖₂²");
  }
  return {};
}

QString stateName(ModalityState state) {
  switch (state) {
    case ModalityState::Present:
      return Text::tr("present");
    case ModalityState::Masked:
      return Text::tr("masked");
    case ModalityState::Absent:
      return Text::tr("absent");
  }
  return {};
}

QString fileName(const std::string& path) {
  return QFileInfo(QString::fromStdString(path)).fileName();
}

}  // namespace fusemoe::ui
