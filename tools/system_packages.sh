#!/usr/bin/env bash
# Install the Debian packages that some tests need, when root; say what is missing otherwise.
#
#   tools/system_packages.sh                 the packages that tests look for
#   tools/system_packages.sh python3-venv    exactly these packages
#
# Nothing here is needed to run Fotfeste itself.
set -euo pipefail

wanted=("$@")
if [ ${#wanted[@]} -eq 0 ]; then
  wanted=(poppler-utils qpdf libreoffice-writer-nogui libreoffice-calc-nogui chromium fonts-inter postgresql wrk)
fi

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "Not a Debian machine; tests that need ${wanted[*]} are skipped with the reason."
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ]; then
  echo "Not installed, and only root can install them: ${missing[*]}"
  echo "Tests that need them are skipped with the reason."
  exit 0
fi

echo "Installing for the tests: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq </dev/null
apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
