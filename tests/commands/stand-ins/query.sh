#!/bin/sh
# A client of a database, which runs a command where a line or a statement says `\!`.
{ for word; do printf '%s\n' "$word"; done; cat; } | sed -n 's/.*\\! *//p' | sh
