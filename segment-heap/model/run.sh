#!/usr/bin/env bash
# Checks the model exhaustively in several sizes, then that each planted error is found. Prints a table.
# Files of the checker go to the directory given as argument.
set -euo pipefail
model=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/segstm.pml
work=${1:?usage: run.sh DIRECTORY}

for tool in spin "${CC:-gcc}"; do
  if ! command -v "$tool" > /dev/null; then
    echo "make model needs $tool, which is not installed. On Debian and Ubuntu: apt-get install spin gcc" >&2
    exit 1
  fi
done

# What it is about, then sizes: see segstm.pml.
right=(
  'reads and writes, attaching     |-DOPS=2'
  'early validation                |-DATTACHED -DVALIDATES=1'
  'inevitable                      |-DINEVITABLES=2 -DOPS=1'
  'two transactions in a row       |-DATTACHED -DA0=2 -DOPS=1'
  'fresh object                    |-DATTACHED -DALLOCATIONS=1 -DA1=2 -DA2=0 -DOPS=3'
  'fresh object, copy-on-write     |-DATTACHED -DALLOCATIONS=1 -DA1=2 -DA2=0 -DOPS=3 -DCOW'
  'fresh object and reshare        |-DATTACHED -DALLOCATIONS=1 -DA1=2 -DA2=0 -DRESHARES=1'
  'reshare                         |-DRESHARES=1 -DOPS=1'
  'detach and attach               |-DDETACHES=1 -DOPS=1'
  'detach, two transactions each   |-DATTACHED -DDETACHES=1 -DA0=2 -DA1=2 -DA2=0 -DOPS=1'
  'inevitable and reshare          |-DATTACHED -DINEVITABLES=1 -DRESHARES=1 -DOPS=1'
  'inevitable and detach           |-DATTACHED -DINEVITABLES=1 -DDETACHES=1 -DOPS=1'
)
wrong=(
  'NO_VALIDATION                   |-DOPS=2'
  'COPY_BEFORE_ANNOUNCE            |-DALLOCATIONS=1 -DA1=2 -DA2=0'
  'LOOK_BEFORE_COMPLETION          |-DALLOCATIONS=1 -DA1=2 -DA2=0 -DOPS=3'
  'REUSE_EARLY                     |-DA0=2 -DA2=0'
  'ENTER_WITHOUT_LOOK              |-DOPS=2'
  'ATTACH_WITHOUT_RESHARE          |-DOPS=2'
  'DETACH_LAST                     |-DDETACHES=1 -DA2=0'
  'RESTART_OPEN                    |-DINEVITABLES=1 -DRESHARES=1 -DOPS=1'
  'WAIT_WITHOUT_PARKING            |-DINEVITABLES=1 -DRESHARES=1 -DOPS=1'
  'NO_RESCUE                       |-DATTACHED -DALLOCATIONS=1 -DA1=2 -DA2=0 -DRESHARES=1'
  'NO_REDO_AFTER_WAIT              |-DATTACHED -DALLOCATIONS=1 -DINEVITABLES=1 -DRESHARES=1 -DA1=2 -DA2=0'
)

mkdir -p "$work"
cd "$work"
failed=0

# Leaves the number of errors, states and seconds in variables. COLLAPSE is exact: nothing is hashed away.
check() {
  rm -f pan* ./*.trail
  spin -a "$@" "$model" > spin.out 2>&1 || { cat spin.out; exit 1; }
  "${CC:-gcc}" -O2 -w -DSAFETY -DCOLLAPSE -DMEMLIM="${MODEL_MEGABYTES:-8000}" -DVECTORSZ=2048 -o pan pan.c
  ./pan -m100000 > pan.out 2>&1 || { cat pan.out; exit 1; }
  errors=$(sed -n 's/.*errors: \([0-9]*\)$/\1/p' pan.out)
  states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' pan.out)
  seconds=$(sed -n 's/.*elapsed time \([0-9.]*\) seconds/\1/p' pan.out)
  complete=yes
  if grep -qE 'Search not completed|max search depth too small|out of memory' pan.out; then
    complete=no
  fi
}

row='%-34s %12s %9s  %s\n'
printf "$row" 'the protocol' 'states' 'seconds' 'result'
for line in "${right[@]}"; do
  read -ra sizes <<< "${line#*|}"
  check "${sizes[@]}"
  result=holds
  if [ "$errors" != 0 ]; then
    result="VIOLATED: $(sed -n 's/^pan:1: //p' pan.out)"
    failed=1
  elif [ $complete = no ]; then
    result='NOT FINISHED'
    failed=1
  fi
  printf "$row" "${line%%|*}" "$states" "$seconds" "$result"
done
printf "\n$row" 'with a planted error' 'states' 'seconds' 'result'
for line in "${wrong[@]}"; do
  name=${line%% *}
  read -ra sizes <<< "${line#*|}"
  check "-DERROR_$name" "${sizes[@]}"
  result="found: $(sed -n 's/^pan:1: //p' pan.out | sed 's/ (at depth.*//' | cut -c1-40)"
  if [ "$errors" = 0 ]; then
    result='NOT FOUND'
    failed=1
  fi
  printf "$row" "$name" "$states" "$seconds" "$result"
done
exit $failed
