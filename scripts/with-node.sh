#!/bin/sh
# Finds Node 24 or newer, installs the npm packages when they are missing or the lock has changed, then runs a script.
# Usage: with-node.sh SCRIPT.ts [ARGUMENT…]; npm runs it, so that $npm_execpath is npm itself.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

say() { printf '%s\n' "$*" >&2; }
fail() { say "✗ $*"; exit 1; }
is_new_enough() {
  version=$("$1" --version 2>/dev/null) || return 1
  version=${version#v}
  [ "${version%%.*}" -ge 24 ]
}
# npm by the Node that is given first, so that packages are chosen for that Node.
npm_with() {
  node_for_npm=$1
  shift
  case "${npm_execpath:-}" in
    *.js | *.cjs) "$node_for_npm" "$npm_execpath" "$@" ;;
    *) npm "$@" ;;
  esac
}

node=$(command -v node || true)
[ -n "$node" ] || fail "Node.js is missing. Install it (any version from 20 on): https://nodejs.org"
if ! is_new_enough "$node"; then
  if [ -f /etc/alpine-release ]; then
    fail "MediaFetcher needs Node.js 24 or newer; on Alpine: apk add nodejs-current npm"
  fi
  own=runtime/node_modules/.bin/node
  if ! is_new_enough "$own"; then
    say "• Node.js 24 (the installed one is $("$node" --version))"
    npm_with "$node" ci --prefix runtime --no-audit --no-fund --loglevel=error >&2 ||
      fail "Node.js 24 could not be installed. Is the npm registry reachable? Or install Node.js 24 yourself."
    is_new_enough "$own" || fail "There is no Node.js 24 for this machine on npm. Install Node.js 24 or newer yourself."
  fi
  node=$root/$own
fi
PATH=$(dirname -- "$node"):$PATH
export PATH

if ! cmp -s package-lock.json node_modules/.installed-lock.json 2>/dev/null; then
  say "• npm packages"
  started=$(date +%s)
  npm_with "$node" ci --no-audit --no-fund --loglevel=error >&2 ||
    fail "The npm packages could not be installed. Is the npm registry reachable?"
  cp package-lock.json node_modules/.installed-lock.json
  say "✓ npm packages ($(($(date +%s) - started)) s)"
fi

# Stripping types and compiling is half of a start; Node keeps the result by the files' content.
NODE_COMPILE_CACHE=${NODE_COMPILE_CACHE:-$root/node_modules/.cache/node-compile}
export NODE_COMPILE_CACHE

# glibc keeps a heap for each thread of a process and gives little of it back: 40 MB of the server alone.
MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
export MALLOC_ARENA_MAX

exec "$node" "$@"
