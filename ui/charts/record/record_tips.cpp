#include "charts/record/record_tips.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "charts/record/record_editor.h"
#include "state/format.h"

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::record)
};

QString rangeText(const RecordLane& lane) {
  const bool low = !std::isnan(lane.referenceLow);
  const bool high = !std::isnan(lane.referenceHigh);
  if (!low && !high) return {};
  if (!high) return Text::tr("reference range: %1 or more").arg(lane.text(lane.referenceLow));
  if (!low) return Text::tr("reference range: up to %1").arg(lane.text(lane.referenceHigh));
  return Text::tr("reference range: %1 to %2").arg(lane.number(lane.referenceLow), lane.text(lane.referenceHigh));
}

/// What an edit did to it, in words; empty = nothing.
QString editText(const RecordContent& content, const RecordLane& lane, const RecordMark& mark) {
  if (mark.deleted) return Text::tr("deleted by you");
  if (mark.added()) return Text::tr("added by you");
  if (!mark.edited()) return {};
  const QString when = content.time.text(double(mark.recorded.hour));
  if (lane.kind != RecordLane::Kind::Series) return Text::tr("edited, recorded at %1").arg(when);
  return Text::tr("edited, recorded: %1 at %2").arg(lane.text(double(mark.recorded.value)), when);
}

QStringList lines(const RecordContent& content, const RecordLane& lane, const RecordMark& mark) {
  QStringList lines;
  if (lane.kind == RecordLane::Kind::Series) lines << lane.text(double(mark.shown.value));
  lines << content.time.text(double(mark.shown.hour));
  if (const QString edit = editText(content, lane, mark); !edit.isEmpty()) lines << edit;
  if (mark.masked || lane.modalityMasked) lines << Text::tr("masked: the model does not see it");
  return lines;
}

}  // namespace

QString plainText(const RecordContent& content, const MarkRef& ref) {
  const RecordLane& lane = content.lanes.at(ref.lane);
  const RecordMark& mark = lane.marks.at(ref.mark);
  return QStringLiteral("%1: %2").arg(itemName(lane, mark), lines(content, lane, mark).join(QStringLiteral(", ")));
}

QString markTip(const RecordContent& content, const MarkRef& ref, int bin) {
  const RecordLane& lane = content.lanes.at(ref.lane);
  const RecordMark& mark = lane.marks.at(ref.mark);
  QStringList all = lines(content, lane, mark);
  QString title = QStringLiteral("<b>%1</b>").arg(itemName(lane, mark).toHtmlEscaped());
  for (QString& line : all) line = line.toHtmlEscaped();
  if (lane.kind == RecordLane::Kind::Series) {
    title += QStringLiteral(" <b>%1</b>").arg(all.takeFirst());
    if (const QString range = rangeText(lane); !range.isEmpty()) all << range.toHtmlEscaped();
  }
  if (lane.kind == RecordLane::Kind::Documents) all << Text::tr("click to open");
  if (ref.mark < lane.weights.size() && !std::isnan(lane.weights[ref.mark]))
    all << Text::tr("mTAND weight at bin %1: softmax over times of q·k/√d, mean of heads = <b>%2</b>")
               .arg(bin + 1)
               .arg(number(lane.weights[ref.mark], 3));
  all.prepend(title);
  return all.join(QStringLiteral("<br>"));
}

QString laneTip(const RecordLane& lane) {
  QStringList all{QStringLiteral("<b>%1</b>").arg(lane.title.toHtmlEscaped())};
  if (!lane.modalityTitle.isEmpty() && lane.modalityTitle != lane.title)
    all << Text::tr("modality: %1").arg(lane.modalityTitle.toHtmlEscaped());
  if (const QString range = rangeText(lane); !range.isEmpty()) all << range.toHtmlEscaped();
  if (lane.kind == RecordLane::Kind::Missing) all << Text::tr("not recorded: absent for the model");
  if (lane.modelModality < 0 && lane.kind != RecordLane::Kind::Documents)
    all << Text::tr("the open model does not use it");
  return all.join(QStringLiteral("<br>"));
}

QString factTip(const RecordFact& fact) {
  QStringList all{QStringLiteral("<b>%1</b>").arg(fact.title.toHtmlEscaped())};
  if (fact.mark && fact.mark->edited() && !fact.mark->added())
    all << Text::tr("edited, recorded: %1 %2")
               .arg(fact.number(double(fact.mark->recorded.value)), fact.unit.toHtmlEscaped());
  if (fact.mark && fact.mark->added()) all << Text::tr("added by you");
  if (!fact.mark) all << Text::tr("not recorded");
  if (fact.masked) all << Text::tr("masked: the model does not see it");
  all << Text::tr("double-click to change");
  return all.join(QStringLiteral("<br>"));
}

}  // namespace fusemoe::ui
