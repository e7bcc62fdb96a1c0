#pragma once

namespace fusemoe::ui {

class ActivityLog;
class Appearance;
class CohortSweep;
class Document;
class Selection;
class Settings;
class TaskList;

/// What every view is given: what to show, what is pointed at, how it looks, where long work is listed, what is known
/// of all stays, what the user prefers, and where it is noted what was done. All outlive the view.
struct ViewContext {
  Document& document;
  Selection& selection;
  Appearance& appearance;
  TaskList& tasks;
  CohortSweep& sweep;
  Settings& settings;
  ActivityLog& log;
};

}  // namespace fusemoe::ui
