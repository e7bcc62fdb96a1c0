#include "torch/model/archive/printable.h"

#include <algorithm>

namespace fusemoe {
namespace {

constexpr std::size_t kLongest = 60;

/// A path that can stand in quotes in a shell's quotes, else a word that stands for it.
std::string quotable(const std::string& path) {
  const bool plain = std::none_of(path.begin(), path.end(), [](unsigned char character) {
    return character < 0x20 || character == 0x7f ||
           std::string_view("'\"\\`$!").find(static_cast<char>(character)) != std::string_view::npos;
  });
  return plain ? path : "IN.pth.tar";
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown(text.substr(0, kLongest));
  for (char& character : shown)
    if (character < 0x20 || character > 0x7e) character = '?';
  return text.size() > kLongest ? shown + "…" : shown;
}

std::string rewriteHint(const std::string& path) {
  return rewriteHint(path, "d");
}

std::string rewriteHint(const std::string& path, const std::string& expression) {
  return "If you trust who made it (this runs the file), write it anew: python3 -c \"import torch; d=torch.load('" +
         quotable(path) + "', map_location='cpu', weights_only=False); torch.save(" + expression + ", 'OUT.pth.tar')\"";
}

}  // namespace fusemoe
