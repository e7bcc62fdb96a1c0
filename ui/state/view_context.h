#pragma once

namespace fusemoe::ui {

class Appearance;
class Document;
class Selection;

/// What every view is given: what to show, what is pointed at, and how it looks. All outlive the view.
struct ViewContext {
  Document& document;
  Selection& selection;
  Appearance& appearance;
};

}  // namespace fusemoe::ui
