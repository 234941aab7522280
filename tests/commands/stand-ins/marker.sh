#!/bin/sh
# What a hostile value tries to run.
: > "$PLACE/hit"
