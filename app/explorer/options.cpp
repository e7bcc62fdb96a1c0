#include "options.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include "state/model_endings.h"
#include "window/translations.h"

using fusemoe::failure;
using fusemoe::Result;

namespace {

void declare(QCommandLineParser& parser) {
  parser.setApplicationDescription(
      QStringLiteral("Mask a modality and watch the routing change. Research use only. Not for clinical decisions."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(
      QStringLiteral("files"),
      QStringLiteral("A .safetensors or .pth.tar model, a .sqlite cohort, a .fusemoe.json session."),
      QStringLiteral("[files...]"));
  parser.addOptions({
      {QStringLiteral("model"), QStringLiteral("Model to open."), QStringLiteral("file")},
      {QStringLiteral("cohort"),
       QStringLiteral("Cohort to open: a file, or postgresql://user@host/database?cohort=name."),
       QStringLiteral("file")},
      {QStringLiteral("session"), QStringLiteral("Session to open."), QStringLiteral("file")},
      {QStringLiteral("demo"), QStringLiteral("Open the demo, not what was open last.")},
      {QStringLiteral("stay"), QStringLiteral("Stay to show."), QStringLiteral("id")},
      {QStringLiteral("mask"), QStringLiteral("Modalities to mask, by name."), QStringLiteral("a,b")},
      {QStringLiteral("view"),
       QStringLiteral("What a screenshot or export shows: window, all, or a view's name; a wrong name lists them."),
       QStringLiteral("name"), QStringLiteral("window")},
      {QStringLiteral("theme"), QStringLiteral("light or dark; else as the system."), QStringLiteral("name")},
      {QStringLiteral("size"), QStringLiteral("Size of the window, e.g. 1440x900."), QStringLiteral("WxH")},
      {QStringLiteral("screenshot"),
       QStringLiteral("Write a picture when the state is shown, and leave; for all views, into a folder."),
       QStringLiteral("png")},
      {QStringLiteral("export"), QStringLiteral("Write the view as .png, .svg, .pdf or .csv, and leave."),
       QStringLiteral("file")},
      {QStringLiteral("report"), QStringLiteral("Write the state as a PDF report, and leave."), QStringLiteral("pdf")},
      {QStringLiteral("language"), QStringLiteral("en or de; else as set, or as the system."), QStringLiteral("name")},
      {QStringLiteral("summary"), QStringLiteral("Write what is shown as text, and leave."), QStringLiteral("file")},
      {QStringLiteral("trust"),
       QStringLiteral("Run TorchScript files without asking: only where you trust who made them.")},
      {QStringLiteral("bench-toggle"), QStringLiteral("Time 200 mask toggles, print, and leave.")},
  });
}

Result<QSize> parseSize(const QString& text) {
  static const QRegularExpression kPattern(QStringLiteral("^(\\d{3,5})x(\\d{3,5})$"));
  const QRegularExpressionMatch match = kPattern.match(text);
  if (!match.hasMatch()) return failure("--size must be like 1440x900, not \"" + text.toStdString() + "\".");
  return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

Result<void> readValues(const QCommandLineParser& parser, Options& options) {
  options.view = parser.value(QStringLiteral("view"));
  if (!options.language.isEmpty() && !fusemoe::ui::languages().contains(options.language)) {
    return failure("There is no translation into \"" + options.language.toStdString() + "\".",
                   "Languages: " + fusemoe::ui::languages().join(QStringLiteral(", ")).toStdString() + ".");
  }
  if (parser.isSet(QStringLiteral("stay"))) {
    bool valid = false;
    options.stay = parser.value(QStringLiteral("stay")).toLongLong(&valid);
    if (!valid || options.stay <= 0) return failure("--stay must be a stay id, a positive whole number.");
  }
  if (parser.isSet(QStringLiteral("theme"))) {
    const QString theme = parser.value(QStringLiteral("theme"));
    if (theme != QStringLiteral("light") && theme != QStringLiteral("dark")) {
      return failure("--theme must be light or dark, not \"" + theme.toStdString() + "\".");
    }
    options.dark = theme == QStringLiteral("dark");
  }
  if (parser.isSet(QStringLiteral("size"))) {
    const Result<QSize> size = parseSize(parser.value(QStringLiteral("size")));
    if (!size) return failure(size.error());
    options.size = *size;
  }
  return {};
}

}  // namespace

Result<Options> parseOptions(const QStringList& arguments) {
  QCommandLineParser parser;
  declare(parser);
  if (!parser.parse(arguments)) return failure(parser.errorText().toStdString(), "See --help.");
  Options options;
  if (parser.isSet(QStringLiteral("help"))) options.text = parser.helpText();
  if (parser.isSet(QStringLiteral("version"))) options.text = QStringLiteral("fusemoe-explorer " FUSEMOE_VERSION "\n");
  options.model = parser.value(QStringLiteral("model"));
  options.cohort = parser.value(QStringLiteral("cohort"));
  options.session = parser.value(QStringLiteral("session"));
  options.demo = parser.isSet(QStringLiteral("demo"));
  options.mask = parser.value(QStringLiteral("mask")).split(',', Qt::SkipEmptyParts);
  options.screenshot = parser.value(QStringLiteral("screenshot"));
  options.summary = parser.value(QStringLiteral("summary"));
  options.exportFile = parser.value(QStringLiteral("export"));
  options.report = parser.value(QStringLiteral("report"));
  options.language = parser.value(QStringLiteral("language"));
  options.trust = parser.isSet(QStringLiteral("trust"));
  options.benchToggle = parser.isSet(QStringLiteral("bench-toggle"));
  for (const QString& file : parser.positionalArguments()) {
    const auto ends = [&](const char* ending) { return file.endsWith(QLatin1String(ending), Qt::CaseInsensitive); };
    (fusemoe::ui::hasModelEnding(file) ? options.model : ends(".json") ? options.session : options.cohort) = file;
  }
  if (const Result<void> read = readValues(parser, options); !read) return failure(read.error());
  if (!options.session.isEmpty() && options.namesState())
    return failure("A session says what to open by itself.",
                   "Give either --session or --model, --cohort, --stay, --mask and --demo.");
  return options;
}
