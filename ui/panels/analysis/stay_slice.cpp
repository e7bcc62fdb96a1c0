#include "panels/analysis/stay_slice.h"

#include <QCoreApplication>

#include "state/cohort_sweep.h"
#include "state/document.h"
#include "state/format.h"
#include "state/stay_query.h"

namespace fusemoe::ui {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(fusemoe::ui::StaySlice)
};

}  // namespace

StaySlice staySlice(const ViewContext& context, bool all) {
  const Document& document = context.document;
  StaySlice slice;
  if (!document.stays() || !document.cohort()) return slice;
  const StayQuery query(all ? QString() : QString::fromStdString(document.state().filter), document.cohort()->info());
  const std::vector<StaySummary>& stays = *document.stays();
  slice.stays.reserve(stays.size());
  for (std::size_t i = 0; i < stays.size(); ++i)
    if (query.accepts(stays[i], context.sweep.risk(int(i)))) slice.stays.push_back(stays[i].stayId);
  const auto size = qint64(slice.stays.size());
  slice.name = query.acceptsAll() ? counted(size, Text::tr("the only stay"), Text::tr("all %1 stays"))
                                  : counted(size, Text::tr("1 stay that passes the list's filter"),
                                            Text::tr("%1 stays that pass the list's filter"));
  return slice;
}

}  // namespace fusemoe::ui
