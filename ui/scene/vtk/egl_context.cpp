#include "scene/vtk/egl_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <array>
#include <sstream>

namespace fusemoe::ui {
namespace {

void note(std::string& reason, const char* what) {
  std::ostringstream text;
  text << what << ", EGL error 0x" << std::hex << eglGetError();
  reason = text.str();
}

/// Mesa's displays without a window system, and those of the devices, which other drivers have instead.
std::array<void*, 2> displays() {
  std::array<void*, 2> found{};
  const auto open = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(EglContext::find("eglGetPlatformDisplayEXT"));
  if (!open) return found;
  found[0] = open(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  const auto devices = reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(EglContext::find("eglQueryDevicesEXT"));
  EGLDeviceEXT device = nullptr;
  EGLint count = 0;
  if (devices && devices(1, &device, &count) && count > 0) found[1] = open(EGL_PLATFORM_DEVICE_EXT, device, nullptr);
  return found;
}

}  // namespace

std::unique_ptr<EglContext> EglContext::create(std::string& reason) {
  reason = "EGL offers no display without a window system";
  for (void* display : displays()) {
    std::unique_ptr<EglContext> context(new EglContext);
    if (display && context->open(display, reason)) return context;
  }
  return nullptr;
}

bool EglContext::open(void* display, std::string& reason) {
  if (!eglInitialize(display, nullptr, nullptr)) {
    note(reason, "eglInitialize failed");
    return false;
  }
  m_display = display;
  eglBindAPI(EGL_OPENGL_API);
  constexpr std::array<EGLint, 5> kWanted{EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                                          EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (!eglChooseConfig(display, kWanted.data(), &config, 1, &count) || count < 1) {
    note(reason, "no EGL configuration for OpenGL");
    return false;
  }
  constexpr std::array<EGLint, 7> kCore{
      EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 2, EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  m_context = eglCreateContext(display, config, EGL_NO_CONTEXT, kCore.data());
  if (!m_context) note(reason, "no OpenGL 3.2 core context");
  return m_context != nullptr;
}

EglContext::~EglContext() {
  // The display is the process' own and shared: terminating it would pull it from under other contexts.
  if (m_context) eglDestroyContext(m_display, m_context);
}

bool EglContext::makeCurrent() {
  // Each thread has its own choice of API.
  return eglBindAPI(EGL_OPENGL_API) && eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, m_context);
}

void EglContext::release() {
  eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
}

bool EglContext::isCurrent() const {
  return eglGetCurrentContext() == m_context;
}

EglContext::Procedure EglContext::find(const char* name) {
  return eglGetProcAddress(name);
}

}  // namespace fusemoe::ui
