#pragma once

namespace fusemoe::ui {

class Appearance;
class Document;
class Selection;
class TaskList;

/// What every view is given: what to show, what is pointed at, how it looks, and where long work is listed. All outlive
/// the view.
struct ViewContext {
  Document& document;
  Selection& selection;
  Appearance& appearance;
  TaskList& tasks;
};

}  // namespace fusemoe::ui
