#!/usr/bin/env bash
# .github/release-notes.sh TAG: what CHANGELOG.md says of a version. Fails where it says nothing, and where the tag is
# not that of the version in Cargo.toml.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
if [ "$1" != "v$version" ]; then
  echo "the tag is $1, and Cargo.toml has version $version" >&2
  exit 1
fi
notes=$(awk -v heading="## $version" '
  /^## / { inside = $0 == heading || index($0, heading " ") == 1; next }
  inside
' CHANGELOG.md)
if [ -z "${notes//[[:space:]]/}" ]; then
  echo "CHANGELOG.md has no section \`## $version\`" >&2
  exit 1
fi
printf '%s\n' "$notes"
