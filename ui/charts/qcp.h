#pragma once

// qcustomplot.h uses signals, slots, foreach and emit, so under QT_NO_KEYWORDS it needs them back while it is read.
// NOLINTBEGIN(readability-identifier-naming): the names are Qt's.
#include <QObject>
#include <QtGlobal>
#ifdef QT_NO_KEYWORDS
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#define emit Q_EMIT
#endif
#include <qcustomplot.h>
#ifdef QT_NO_KEYWORDS
#undef signals
#undef slots
#undef foreach
#undef emit
#endif
// NOLINTEND(readability-identifier-naming)
