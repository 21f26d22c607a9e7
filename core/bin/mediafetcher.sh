#!/bin/sh
# `npx mediafetcher CMD` from a clone: finds Node 24 as every other command does.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
exec sh "$here/../../scripts/with-node.sh" core/src/main.ts cli "$@"
