#pragma once

namespace fusemoe::ui {

class Appearance;
class CohortSweep;
class Document;
class Selection;
class TaskList;

/// What every view is given: what to show, what is pointed at, how it looks, where long work is listed, and what is known
/// of all stays. All outlive the view.
struct ViewContext {
  Document& document;
  Selection& selection;
  Appearance& appearance;
  TaskList& tasks;
  CohortSweep& sweep;
};

}  // namespace fusemoe::ui
