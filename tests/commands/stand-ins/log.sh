#!/bin/sh
# A program that takes its arguments as they are: it notes them down.
printf '%s\0' "${0##*/}" "$@" END-OF-CALL >> "$PLACE/calls"
