#include "export/provenance.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include "state/document.h"
#include "state/document_text.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

constexpr qsizetype kDigestDigits = 12;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::Provenance)
};

QString shortDigest(const std::string& digest) {
  return QString::fromStdString(digest).left(kDigestDigits);
}

/// The seed of training as a model card states it: "Trained with seed 32".
QString statedSeed(const ModelInfo& info) {
  static const QRegularExpression kSeed(QStringLiteral("\\bseed[\\s:=]+(\\d+)"),
                                        QRegularExpression::CaseInsensitiveOption);
  return kSeed.match(QString::fromStdString(info.card)).captured(1);
}

/// A stay that is compared with is told by its number as well.
QString shownReference(const Document& document, Identifiers identifiers) {
  const Reference& reference = document.state().reference;
  if (identifiers == Identifiers::Shown || !reference.stayId) return referenceName(document);
  return withoutStay(referenceName(document), *reference.stayId);
}

}  // namespace

QString researchLine() {
  return Text::tr("Research use only. Not for clinical decisions.");
}

QString withoutStay(const QString& text, qint64 stayId) {
  if (stayId == 0) return text;
  QString plain = text;
  for (const QString& shown : {QString::number(stayId), count(stayId)})
    plain.replace(
        QRegularExpression(QStringLiteral("(?<![\\d.,])%1(?![\\d,]*\\d)").arg(QRegularExpression::escape(shown))),
        QStringLiteral("…"));
  return plain;
}

Provenance provenanceOf(const Document& document, Identifiers identifiers) {
  Provenance provenance;
  provenance.program =
      QStringLiteral("%1 %2").arg(QCoreApplication::applicationName(), QCoreApplication::applicationVersion());
  provenance.time = QDateTime::currentDateTime();
  if (document.model()) {
    const ModelInfo& info = document.model()->info();
    provenance.model = fileName(info.path);
    provenance.modelDigest = shortDigest(info.digest);
    provenance.seed = statedSeed(info);
    for (int i = 0; i < document.model()->config().modalityCount(); ++i) {
      if (document.mask() >> i & 1U) provenance.masked << modalityTitle(document.model()->config(), i);
    }
  }
  if (document.cohort()) {
    provenance.cohort = fileName(document.state().cohortPath);
    provenance.cohortDigest = shortDigest(document.cohort()->info().digest);
  }
  if (identifiers == Identifiers::Shown && document.sample())
    provenance.stay = QString::number(document.state().stayId);
  provenance.edits = static_cast<int>(document.edits().size());
  provenance.intervention = QString::fromStdString(describe(document.state().intervention));
  provenance.reference = shownReference(document, identifiers);
  provenance.layer = document.layer() + 1;
  provenance.distribution =
      document.state().distribution == Distribution::Dense ? Text::tr("dense") : Text::tr("top-K");
  return provenance;
}

QList<std::pair<QString, QString>> Provenance::facts() const {
  QList<std::pair<QString, QString>> all;
  const auto add = [&all](const char* name, const QString& value) {
    if (!value.isEmpty()) all.append({QString::fromLatin1(name), value});
  };
  add("program", program);
  add("date", time.toString(Qt::ISODate));
  add("model", model);
  add("model sha256", modelDigest);
  add("seed", seed);
  add("cohort", cohort);
  add("cohort sha256", cohortDigest);
  add("stay", stay);
  add("masked", masked.isEmpty() ? QStringLiteral("none") : masked.join(QStringLiteral(", ")));
  add("what-if edits", QString::number(edits));
  add("intervention", intervention);
  add("reference", reference);
  add("layer", QString::number(layer));
  add("distribution", distribution);
  add("notice", researchLine());
  return all;
}

QStringList Provenance::footer() const {
  const auto withDigest = [](const QString& name, const QString& digest) {
    return digest.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, digest);
  };
  QStringList source, state;
  if (!model.isEmpty()) source << Text::tr("Model %1").arg(withDigest(model, modelDigest));
  if (!seed.isEmpty()) source << Text::tr("seed %1").arg(seed);
  if (!cohort.isEmpty()) source << Text::tr("cohort %1").arg(withDigest(cohort, cohortDigest));
  if (!stay.isEmpty()) source << Text::tr("stay %1").arg(stay);
  state << (masked.isEmpty() ? Text::tr("Nothing masked")
                             : Text::tr("Masked: %1").arg(masked.join(QStringLiteral(", "))))
        << (edits == 0 ? Text::tr("no what-if edits")
                       : counted(edits, Text::tr("1 what-if edit"), Text::tr("%1 what-if edits")))
        << (intervention.isEmpty() ? QString() : Text::tr("model changed (%1), not as trained").arg(intervention))
        << Text::tr("reference: %1").arg(reference) << Text::tr("layer %1").arg(layer) << distribution;
  state.removeAll(QString());
  return {source.join(QStringLiteral(" · ")), state.join(QStringLiteral(" · ")),
          QStringLiteral("%1 · %2").arg(program, time.toString(QStringLiteral("yyyy-MM-dd HH:mm"))), researchLine()};
}

}  // namespace fusemoe::ui
