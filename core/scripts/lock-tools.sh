#!/bin/sh
# Pins the managed Python tools: reads core/tools.lock/requirements.in, writes requirements.lock beside it, with the
# hashes of every file that the index has for each version (all Pythons, Linux glibc and musl, x64 and arm64, macOS).
# Run it after a change of requirements.in. It works in a folder of its own and leaves nothing else behind.
set -eu
here=$(cd "$(dirname "$0")/../tools.lock" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pip-tools
cp "$here/requirements.in" "$work/requirements.in"
(cd "$work" && CUSTOM_COMPILE_COMMAND='core/scripts/lock-tools.sh' ./venv/bin/pip-compile --quiet --upgrade \
  --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
  --output-file requirements.lock requirements.in)
if grep -Eq '://' "$work/requirements.lock"; then
  echo 'The lock names an address; it must name none.' >&2
  exit 1
fi
mv "$work/requirements.lock" "$here/requirements.lock"
