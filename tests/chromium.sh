#!/bin/sh
# Prints where the browser for the tests is: $CHROMIUM, else Debian's, installed where apt is there and it is missing.
set -eu
if [ -n "${CHROMIUM:-}" ]; then
    [ -x "$CHROMIUM" ] || { echo "CHROMIUM='$CHROMIUM' is no program: name the browser for the tests" >&2; exit 1; }
    echo "$CHROMIUM"
    exit 0
fi
if ! command -v chromium >/dev/null; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    if ! command -v apt-get >/dev/null || { [ -n "$as_root" ] && ! command -v sudo >/dev/null; }; then
        echo "The tests need a browser: install Chromium and call make test CHROMIUM=/path/to/chromium" >&2
        exit 1
    fi
    echo "Installing Chromium for the tests" >&2
    $as_root apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
command -v chromium
