#!/bin/sh
# Runs what is behind `--`, or behind the name of a container: kubectl exec, docker exec, sudo, nsenter.
printf '%s\0' "${0##*/}" "$@" END-OF-CALL >> "$PLACE/calls"
case ${0##*/} in
  kubectl | oc) case $1 in exec | run | debug) ;; *) exit ;; esac
    while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done; [ $# -gt 0 ] && shift ;;
  docker | podman) case $1 in exec | run) shift ;; *) exit ;; esac
    while case $1 in -*) true ;; *) false ;; esac; do shift; done; [ $# -gt 0 ] && shift ;;
  *) while case $1 in -*) true ;; *) false ;; esac; do case $1 in -u | -t) shift ;; esac; shift; done ;;
esac
[ $# -gt 0 ] && exec "$@"
