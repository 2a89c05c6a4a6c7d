#!/bin/sh
# Installs Debian's Chromium for the browser tests where that is possible; says so and goes on where it is not.
if command -v chromium >/dev/null 2>&1; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests."
    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1
    then exit 0; fi
fi
echo "No Chromium here: the browser tests will be skipped. To run them: apt-get install chromium"
