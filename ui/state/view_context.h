#pragma once

namespace fusemoe::ui {

class ActivityLog;
class Appearance;
class CohortImport;
class CohortSweep;
class Document;
class Selection;
class Settings;
class TaskList;
class TrainingSession;

/// What every view is given: what to show, what is pointed at, how it looks, where long work is listed, what is known
/// of all stays, what the user prefers, where it is noted what was done, and what imports and trains. All outlive the
/// view.
struct ViewContext {
  Document& document;
  Selection& selection;
  Appearance& appearance;
  TaskList& tasks;
  CohortSweep& sweep;
  Settings& settings;
  ActivityLog& log;
  CohortImport& imports;
  TrainingSession& training;
};

}  // namespace fusemoe::ui
