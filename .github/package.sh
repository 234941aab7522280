#!/usr/bin/env bash
# .github/package.sh TARGET: builds the program for this machine, packs it into dist/ with what belongs to it, and makes
# sure that what was packed works.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1

cargo build --locked --profile dist --target "$target"
program=${CARGO_TARGET_DIR:-target}/$target/dist/sdkb
version=$("$program" --version | cut -d ' ' -f 2)
name=sdkb-$version-$target

if [[ $target == *-linux-musl ]] && readelf --dynamic "$program" | grep NEEDED; then
  echo "$program needs libraries, and so does not run everywhere" >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$name/completions" dist
cp "$program" README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$work/$name/"
"$program" man > "$work/$name/sdkb.1"
"$program" completions bash > "$work/$name/completions/sdkb.bash"
"$program" completions fish > "$work/$name/completions/sdkb.fish"
"$program" completions zsh > "$work/$name/completions/_sdkb"
# Without it, tar on macOS packs files of its own beside ours.
COPYFILE_DISABLE=1 tar -czf "dist/$name.tar.gz" -C "$work" "$name"

mkdir "$work/unpacked"
tar -xzf "dist/$name.tar.gz" -C "$work/unpacked"
"$work/unpacked/$name/sdkb" init "$work/kb"
"$work/unpacked/$name/sdkb" build --project "$work/kb"
test -s "$work/kb/site/index.html"
echo "dist/$name.tar.gz"
