#!/bin/bash
# Logs and timestamps are in UTC whatever the image says.
set -euo pipefail

ln --symbolic --force /usr/share/zoneinfo/UTC /etc/localtime
