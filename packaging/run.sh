#!/usr/bin/env bash
# Sets up a fresh machine, builds build/release and opens the demo. Without a display it runs the program under Xvfb and
# leaves build/demo/window.png (what the window shows) and build/demo/summary.txt (the same in words).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packaging/setup.sh
cmake --preset release -DFUSEMOE_TESTS=OFF
cmake --build --preset release

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ $# -eq 0 ]; then
  exec build/release/bin/fusemoe-explorer --demo
fi
mkdir -p build/demo
rm -f build/demo/window.png build/demo/summary.txt
xvfb-run -a -s "-screen 0 1920x1200x24" build/release/bin/fusemoe-explorer --size 1440x900 --theme light \
  --screenshot build/demo/window.png --summary build/demo/summary.txt "$@"
cat build/demo/summary.txt
echo "Screenshot: $PWD/build/demo/window.png"
