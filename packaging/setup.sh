#!/usr/bin/env bash
# Installs what building, running and testing need on Debian 12. Safe to repeat.
set -euo pipefail

# libboost-dev: Debian's SOCI headers include Boost without depending on it. libegl-dev and Mesa's EGL and drivers: the
# 3-D view draws without a window, in software where there is no graphics card. postgresql and openmpi-bin: the tests
# start a database server and train in two processes.
packages=(
  g++ cmake ninja-build ccache git
  qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools qt6-translations-l10n libqcustomplot-dev
  libvtk9-dev libegl-dev libegl-mesa0
  libtorch-dev libgloo-dev libopenblas0-openmp libblas3
  libsoci-dev libboost-dev libsqlite3-dev libpq-dev nlohmann-json3-dev libcli11-dev libspdlog-dev libexpected-dev
  libcsv-dev zlib1g-dev libarchive-dev libpng-dev libjpeg-dev libssl-dev libxgboost-dev
  libbenchmark-dev postgresql openmpi-bin
  xvfb xauth libgl1-mesa-dri libegl1 fonts-inter fonts-dejavu-core
)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
echo "Installing: ${missing[*]}"
# Minimal images leave out the folder that some packages link manual pages into.
"${as_root[@]}" mkdir -p /usr/share/man/man1
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
