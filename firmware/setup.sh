#!/usr/bin/env bash
# Installs what building and emulating images takes, and for the tests a maker of pseudo-terminals, a router to speak BFD with, and a
# browser for the pictures of the report. Debian and Ubuntu, as root or with sudo; asks nothing, and does nothing where all is there.
set -euo pipefail

browsers=(chromium chromium-browser google-chrome)

has() { command -v "$1" >/dev/null; }

has_browser() {
  local browser
  # On Ubuntu, chromium-browser may be there and do nothing but ask for the snap.
  for browser in "${browsers[@]}"; do "$browser" --version >/dev/null 2>&1 && return; done
  return 1
}

packages=()
has qemu-system-arm || packages+=(qemu-system-arm)
has arm-none-eabi-gcc || packages+=(gcc-arm-none-eabi)
has socat || packages+=(socat)
has ip || packages+=(iproute2)
has bird || packages+=(bird2)
browser_missing=false
has_browser || browser_missing=true
if [[ ${#packages[@]} -eq 0 && $browser_missing == false ]]; then
  echo "setup: all is there"
  exit
fi

if ! has apt-get; then
  echo "setup: this machine has no apt-get; install the equivalents of: ${packages[*]} chromium" >&2
  exit 1
fi
as_root=(env DEBIAN_FRONTEND=noninteractive)
if [[ $(id -u) -ne 0 ]]; then
  if ! has sudo; then
    echo "setup: run this as root, or install sudo; it would install: ${packages[*]} chromium" >&2
    exit 1
  fi
  as_root=(sudo "${as_root[@]}")
fi
install() { "${as_root[@]}" apt-get install -y -q --no-install-recommends "$@"; }

"${as_root[@]}" apt-get update -q
if [[ ${#packages[@]} -gt 0 ]]; then install "${packages[@]}"; fi
if [[ $browser_missing == true ]]; then
  # Debian has chromium as a package. Ubuntu has only a stub that fetches a snap, which fails where snaps do not run (most
  # containers). Only the pictures of the report need it, so that this is no failure of the set-up.
  install chromium fonts-dejavu-core || install chromium-browser fonts-dejavu-core || true
  has_browser || echo "setup: no browser could be installed; install Chromium or Google Chrome by hand for the report's pictures" >&2
fi
