#!/usr/bin/env bash
# Sets up a fresh machine, builds build/release with its tests and runs them all. Arguments go to ctest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packaging/setup.sh
cmake --preset release -DFUSEMOE_TESTS=ON -DFUSEMOE_GUI=ON
cmake --build --preset release
ctest --preset release "$@"
