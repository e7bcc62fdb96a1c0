#pragma once

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <utility>

namespace fusemoe::ui {

class Document;

/// Whether an export may carry what tells patients apart (stay ids).
enum class Identifiers { Hidden, Shown };

/// Where the numbers of an export come from. A value; texts as the user sees them.
struct Provenance {
  QString program;             ///< "FuseMoE Explorer 0.1.0"
  QDateTime time;              ///< when it was made
  QString model, modelDigest;  ///< file name, first 12 hexadecimal digits of its SHA-256
  QString cohort, cohortDigest;
  QString stay;          ///< id; empty unless identifiers are shown
  QStringList masked;    ///< names of the modalities masked by the user
  int edits = 0;         ///< what-if edits of the stay
  QString intervention;  ///< what is changed about the model; empty = as trained
  QString reference;     ///< what is compared with
  int layer = 0;         ///< 1-based
  QString distribution;  ///< "dense" or "top-K"
  QString seed;          ///< of training, where the model states one; else empty

  /// Name and value of each fact, in order, in English: for CSV comments and PNG text. The last is the research line.
  QList<std::pair<QString, QString>> facts() const;
  /// The footer of a figure, a line each; the last is the research line.
  QStringList footer() const;
};

/// Of the document as it is now. GUI thread.
Provenance provenanceOf(const Document& document, Identifiers identifiers);

/// "Research use only. Not for clinical decisions.", translated.
QString researchLine();

/// A text without the stay's id: where it stands as a number of its own it becomes "…".
QString withoutStay(const QString& text, qint64 stayId);

}  // namespace fusemoe::ui
