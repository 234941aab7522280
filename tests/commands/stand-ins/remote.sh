#!/bin/sh
# Reads its words once more as commands, behind options and a host or user: ssh, su -c, watch, parallel.
case ${0##*/} in
  su | script) while [ $# -gt 0 ]; do [ "$1" = -c ] && { sh -c "$2"; exit; }; shift; done ;;
  tmux | screen) for word; do sh -c "$word"; done; exit ;;
  *)
    while [ $# -gt 0 ]; do
      case $1 in
        -oProxyCommand=*) sh -c "${1#*=}" ;;
        -n | -p | -o | -i | -l) [ "$1" = -o ] && case $2 in ProxyCommand=*) sh -c "${2#*=}" ;; esac; shift ;;
        -*) ;;
        *) break ;;
      esac
      shift
    done
    case ${0##*/} in ssh | mosh | pdsh) [ $# -gt 0 ] && shift ;; esac
    ;;
esac
[ $# -gt 0 ] && exec sh -c "$*"
exec sh
