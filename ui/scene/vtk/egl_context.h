#pragma once

#include <memory>
#include <string>

namespace fusemoe::ui {

/// An OpenGL 3.2 core context without any window or display server, hardware or Mesa's software renderer alike: the
/// same under X, Wayland and Qt's offscreen platform. Any thread, but current in one at a time.
class EglContext {
 public:
  using Procedure = void (*)();

  /// Null where there is none; `reason` then says why.
  static std::unique_ptr<EglContext> create(std::string& reason);
  ~EglContext();
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;

  bool makeCurrent();
  void release();
  bool isCurrent() const;
  static Procedure find(const char* name);

 private:
  EglContext() = default;
  bool open(void* display, std::string& reason);

  void* m_display = nullptr;
  void* m_context = nullptr;
};

}  // namespace fusemoe::ui
