#pragma once

#include <QString>
#include <QStringList>

/// The model and cohort that come with the program; empty when they are not installed. Looked for in
/// $FUSEMOE_RESOURCES, beside the program (../share/fusemoe), and in the source tree it was built from.
QString bundledModel();
QString bundledCohort();
/// The experiments that come with the program, looked for in the same places.
QStringList bundledExperiments();
