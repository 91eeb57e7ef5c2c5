# Sourced by the commands of this folder, with their name in $command and their place, links followed, in $self: sets
# $root, $java, $jar (built when it is missing) and $archive, a file of JVM flags or empty. These name an archive of
# loaded and linked classes, from JDK 25 on of profiles too, made once per jar and JVM, which takes 0.1 s off each start.

root=${self%/bench/bin/*}
jar=$root/bench/target/segstm.jar

if ! java=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java"); then
  echo "$command: no java found: install JDK 17 or later, or set JAVA_HOME" >&2
  exit 1
fi
if [ ! -f "$jar" ]; then
  echo "$command: building $jar once" >&2
  if ! make -s -C "$root" package >&2; then
    echo "$command: cannot build it: 'make -C $root package' needs make, Maven 3.8 and JDK 17 or later" >&2
    exit 1
  fi
fi

# train SIZES FLAG...: runs all sample programs of these sizes in one JVM with these flags.
train() {
  sizes=$1
  shift
  { echo "(setq $sizes)"
    cat "$root"/bench/duhton/programs/*.duh
  } | "$java" "@$root/config/jvm.flags" -XX:+UseSerialGC "$@" -cp "$jar" org.segstm.duhton.cli.DuhtonMain \
    --num-threads 2 --jit-threshold 20 - >/dev/null 2>&1
}

# Long enough for profiles, and just long enough to load all classes.
warm='length 3000 parts 2 n 7 roots 60 transactions 100 turns 1000 walks 200 depth 8 spawners 20 each 100 trees 100
      size 16 systems 2 rounds 500 accounts 64 transfers 2000'
short='length 60 parts 2 n 4 roots 2 start 3000 transactions 8 turns 50 one-in 4 every 10 walks 8 depth 4 spawners 4
       each 10 trees 8 size 4 systems 1 rounds 20 accounts 8 transfers 40 batch 5 audit-every 3'

# make_archive FILE: leaves FILE empty where the JVM can make none, so that it is tried once.
make_archive() {
  new=$1.$$
  if train "$warm" "-XX:AOTCacheOutput=$new" && [ -s "$new" ]; then
    mv "$new" "$1.aot"
    printf '"-XX:AOTCache=%s"\n-Xlog:aot=off\n-Xlog:cds=off\n' "$1.aot" >"$new"
  # Without a JIT: JDK 17 archives methods that wait for compilation as such, and they wait for ever then.
  elif train "$short" -Xint "-XX:ArchiveClassesAtExit=$new" && [ -s "$new" ]; then
    mv -f "$new" "$1.jsa"
    printf '"-XX:SharedArchiveFile=%s"\n-Xlog:cds=off,cds+dynamic=off\n' "$1.jsa" >"$new"
  else
    rm -f "$new"
    : >"$new"
  fi
  mv "$new" "$1"
}

archive=
libjvm=$(readlink -f "$java")
libjvm=${libjvm%/bin/*}/lib/server/libjvm.so
if [ -f "$libjvm" ] && [ -w "${jar%/*}" ]; then
  # Another JVM, or another build of it in the same place, has an archive of its own.
  sum=$(ls -lLn "$libjvm" | cksum)
  archive=$root/bench/target/classes-${sum%% *}
  if [ ! -f "$archive" ] || [ "$jar" -nt "$archive" ]; then
    [ ! -t 2 ] || echo "$command: preparing $jar for this JVM once" >&2
    make_archive "$archive" 2>/dev/null || archive=
  fi
fi
