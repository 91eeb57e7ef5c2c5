/*
 * The transaction protocol of segment-heap: N segments with a mutator each, and a keeper that reshares and detaches
 * from outside. README.md beside this file says what is modelled, what is left out, and how the steps map to the code.
 *
 * One step of the model touches what several threads see at most once; what only the thread that runs in a segment
 * sees, or who made it stand still, is merged with the step before.
 *
 * Sizes (-D): A0 A1 A2 attempts per mutator, OPS per attempt, RESHARES, DETACHES, VALIDATES, INEVITABLES, ALLOCATIONS
 * over all; ATTACHED when all segments follow the log from the start; COW for private copy-on-write views. Planted errors (-D): see the README.
 */
#ifndef A0
#define A0 1
#endif
#ifndef A1
#define A1 1
#endif
#ifndef A2
#define A2 1
#endif
#ifndef OPS
#define OPS 2
#endif
#ifndef RESHARES
#define RESHARES 0
#endif
#ifndef DETACHES
#define DETACHES 0
#endif
#ifndef VALIDATES
#define VALIDATES 0
#endif
#ifndef INEVITABLES
#define INEVITABLES 0
#endif
#ifndef ALLOCATIONS
#define ALLOCATIONS 0
#endif

#define N 3
#define MOST 2                          /* attempts of one mutator at most */
#define ENTRIES 7                       /* 0 is the anchor, then MOST per mutator */
#define CLOSED 255

/* Objects, a word each: X and Y exist from the start, F is made by a transaction and reached through Y or a root. */
#define X 0
#define Y 1
#define F 2
#define SET(o) (1 << (o))
#define PAGE(o) ((o) == Y)              /* X and F lie in page 0, Y in page 1 */
#define LINK 8                          /* in Y's word: refers to F */
#define FIRST 16                        /* content of the first F; each later one starts 16 higher */

#define IDLE 0
#define RUNNING 1
#define PARKED 2

#define NOBODY 0                        /* else a segment + 1 */
#define KEEPER 4
#define COMMITTED 5

typedef Segment {
  byte copy[3];                         /* private copies of the objects' words */
  byte saved[3];                        /* undo log */
  byte marks;                           /* read markers */
  byte written;                         /* write set */
  byte last;                            /* last entry applied */
  byte revision;                        /* of the view */
  byte published;                       /* the same for those who reuse log entries */
  byte runs;
  bool stop;                            /* request to stand still */
  bool inside;                          /* ghost: may touch the segment */
  bool inTransaction;
  bool inevitable;
  bool doom;
  bool fresh;                           /* F is an uncommitted object of this transaction */
}

typedef Entry {
  byte next;
  byte revision;
  byte written;                         /* checked records */
  byte word[3];
  bool travels;                         /* fresh record for F */
  bool reused;                          /* memory given back */
}

typedef Content { byte word[3] }

Segment seg[N];
Entry log[ENTRIES];
byte base[3];
byte holders[2];                        /* page table: a bit per segment */
byte attached;
byte token;                             /* holder of the inevitable token */
byte stopper;                           /* holder of the stop lock */

/* Ghosts: the committed states, and who F belongs to. */
Content committed[ENTRIES];
byte newest;
byte ownerF;
byte rootF;                             /* who alone has F as a root */
byte contentF;                          /* what an uncommitted F must hold */

byte validates = VALIDATES;
byte inevitables = INEVITABLES;
byte allocations;

/* Scratch of atomic steps, no part of the state. */
hidden byte o, s, r, source, previous, rescued;
hidden byte ok, closed;

#define BITOF(m) (1 << (m))
#define PRIVATE(m, p) ((holders[p] >> (m)) & 1)
#define VIEW(m, w) (PRIVATE(m, PAGE(w)) -> seg[m].copy[w] : base[w])
#define HAS(set, w) (((set) >> (w)) & 1)
#define REACHES_F(m) (ownerF == COMMITTED && (VIEW(m, Y) >= LINK || rootF == (m) + 1))
#define CAN_LINK(m) (VIEW(m, Y) < LINK && (seg[m].fresh || (ownerF == COMMITTED && rootF == m + 1)))
#define NEXT(m) log[seg[m].last].next
#define ALONE(m) (attached == BITOF(m))

/* --- views and pages ------------------------------------------------------------------------------------------ */

inline copyPage(m, p) {
  if
  :: (p) == 0 -> seg[m].copy[X] = base[X]; seg[m].copy[F] = base[F]
  :: else -> seg[m].copy[Y] = base[Y]
  fi
}

inline dropPage(m, p) {
  if
  :: PRIVATE(m, p) ->
     holders[p] = holders[p] & ~BITOF(m);
     if
     :: (p) == 0 -> seg[m].copy[X] = 0; seg[m].copy[F] = 0
     :: else -> seg[m].copy[Y] = 0
     fi
  :: else
  fi
}

/* Page 1 holds nothing fresh, so making it private is nobody else's business. */
inline ensurePrivate(m, w) {
  if
  :: d_step { PAGE(w) == 1 && !PRIVATE(m, 1) -> holders[1] = holders[1] | BITOF(m); copyPage(m, 1) }
  :: atomic { PAGE(w) == 0 && !PRIVATE(m, 0) ->
#ifdef ERROR_COPY_BEFORE_ANNOUNCE
     copyPage(m, 0) };
     d_step { holders[0] = holders[0] | BITOF(m) }
#else
     holders[0] = holders[0] | BITOF(m) };
     d_step { copyPage(m, 0) }
#endif
  :: PRIVATE(m, PAGE(w))
  fi
}

/* Invariants 2 and 4: the view is the committed state at its revision, plus what its transaction wrote. */
inline checkView(m) {
  o = 0;
  do
  :: o > F -> break
  :: else ->
     if
     :: o == F && seg[m].fresh -> assert(VIEW(m, F) == contentF)
     :: o == F && !seg[m].fresh && !REACHES_F(m)
     :: else ->
        if
        :: HAS(seg[m].written, o) -> assert(seg[m].saved[o] == committed[seg[m].revision].word[o])
        :: else -> assert(VIEW(m, o) == committed[seg[m].revision].word[o])
        fi
     fi;
     o++
  od;
  o = 0
}

/* What the transaction has read must not change under it: one snapshot. */
inline checkSnapshot(m) {
  o = 0;
  do
  :: o > F -> break
  :: else ->
     assert(!HAS(seg[m].marks, o)
       || committed[previous].word[o] == committed[seg[m].revision].word[o]);
     o++
  od;
  o = 0
}

/* --- the log -------------------------------------------------------------------------------------------------- */

inline applyWords(m, e) {
  o = 0;
  do
  :: o > F -> break
  :: else ->
     if
     :: HAS(log[e].written, o) ->
        assert(PRIVATE(m, PAGE(o)));
        seg[m].copy[o] = log[e].word[o]
     :: else
     fi;
     o++
  od;
  if
  :: log[e].travels && PRIVATE(m, 0) -> seg[m].copy[F] = log[e].word[F]
  :: else
  fi;
  previous = seg[m].revision;
  seg[m].revision = log[e].revision;
  seg[m].last = e;                      /* now, as e may be NEXT(m) */
  o = 0
}

inline applyEntry(m, e, validate) {
  d_step {
    applyWords(m, e);
    checkView(m);
    if
    :: validate -> checkSnapshot(m)
    :: else
    fi
  }
}

/* Importer.importEntries: leaves the answer in "valid". */
inline importEntries(m, validate) {
  valid = true;
  do
  :: atomic {
       assert(!log[seg[m].last].reused);
       entry = NEXT(m);
       if
       :: entry == 0 || entry == CLOSED -> entry = 0; seg[m].published = seg[m].revision; break
       :: else
       fi;
       assert(!log[entry].reused);
       if
       :: validate && (log[entry].written & seg[m].marks) != 0 ->
          valid = false; entry = 0; seg[m].published = seg[m].revision; break
       :: else
       fi
     }
     if
     :: (log[entry].written & (SET(X) | SET(F))) != 0 -> ensurePrivate(m, X)
     :: else
     fi;
     if
     :: HAS(log[entry].written, Y) -> ensurePrivate(m, Y)
     :: else
     fi;
     applyEntry(m, entry, validate)
  od
}

/* Ghost: one more committed state, made from the newest one: no update is lost, none comes between. */
inline ghostCommit(m) {
  assert(newest == seg[m].revision);
  newest++;
  o = 0;
  do
  :: o > F -> break
  :: else ->
     committed[newest].word[o] = committed[newest - 1].word[o];
     if
     :: HAS(seg[m].written, o) ->
        assert(VIEW(m, o) == committed[newest - 1].word[o] + 1
          || o == Y && VIEW(m, o) == committed[newest - 1].word[o] + 1 + LINK);
        committed[newest].word[o] = VIEW(m, o)
     :: else
     fi;
     o++
  od;
  ghostCommitFresh(m);
  /* Invariant 5 */
  assert(committed[newest].word[Y] < LINK || ownerF == COMMITTED)
}

inline ghostCommitFresh(m) {
  if
  :: seg[m].fresh ->
     assert(VIEW(m, F) == contentF);
     contentF = 0;
     r = 0;
     do
     :: r > newest -> break
     :: else -> committed[r].word[F] = VIEW(m, F); r++
     od;
     r = 0;
     ownerF = COMMITTED;
     rootF = m + 1
  :: else
  fi
}

/* LogMemory.reclaim, called at each reservation: entries that every attached view has passed, strictly. */
inline reclaim(m) {
  r = CLOSED;
  s = 0;
  do
  :: s == N -> break
  :: else ->
     if
     :: HAS(attached, s) && seg[s].published < r -> r = seg[s].published
     :: else
     fi;
     s++
  od;
  s = 1 + MOST * m;
  do
  :: s == 1 + MOST * m + MOST -> break
  :: else ->
#ifdef ERROR_REUSE_EARLY
     if
     :: log[s].revision != 0 && log[s].revision <= r -> log[s].reused = true
#else
     if
     :: log[s].revision != 0 && log[s].revision < r -> log[s].reused = true
#endif
     :: else
     fi;
     s++
  od;
  s = 0;
  r = 0
}

inline clearEntry(e) {
  log[e].next = 0; log[e].revision = 0; log[e].written = 0; log[e].travels = false; log[e].reused = false;
  log[e].word[X] = 0; log[e].word[Y] = 0; log[e].word[F] = 0
}

/* --- transactions --------------------------------------------------------------------------------------------- */

/* Transactions.rollback */
inline rollback(m) {
  assert(!seg[m].inevitable);           /* invariant 8 */
  o = 0;
  do
  :: o > F -> break
  :: else ->
     if
     :: HAS(seg[m].written, o) -> seg[m].copy[o] = seg[m].saved[o]
     :: else
     fi;
     o++
  od;
  o = 0;
  if
  :: seg[m].fresh -> ownerF = NOBODY; contentF = 0; seg[m].fresh = false
  :: else
  fi;
  endTransaction(m)
}

inline endTransaction(m) {
  seg[m].written = 0; seg[m].marks = 0; seg[m].fresh = false;
  seg[m].saved[X] = 0; seg[m].saved[Y] = 0; seg[m].saved[F] = 0
}

inline leave(m) {
  seg[m].inTransaction = false; seg[m].inside = false; seg[m].doom = false; seg[m].runs = IDLE
}

/* World.openLog: clears the token first, as the next one may take it as soon as the log is open. */
inline openLog(m, e) {
  if
  :: atomic { seg[m].inevitable -> token = NOBODY };
     atomic { assert(NEXT(m) == CLOSED); NEXT(m) = e; seg[m].inevitable = false }
  :: !seg[m].inevitable
  fi
}

/* --- the world ------------------------------------------------------------------------------------------------ */

/* World.tryEnter until it succeeds; who fails waits until it need not stand still. */
inline enter(m, from) {
  do
  :: atomic { seg[m].runs == from ->
       seg[m].runs = RUNNING
#ifdef ERROR_ENTER_WITHOUT_LOOK
       ; seg[m].inside = true; break
#endif
     }
     if
     :: atomic { !seg[m].stop -> seg[m].inside = true; break }
     :: atomic { seg[m].stop -> seg[m].runs = from };
        !seg[m].stop
     fi
  od
}

inline park(m) {
  seg[m].inside = false; seg[m].runs = PARKED
}

inline stopAll(who) {
  atomic { stopper == NOBODY -> stopper = who };
  seg[0].stop = true;
  seg[1].stop = true;
  seg[2].stop = true;
  seg[0].runs != RUNNING;
  seg[1].runs != RUNNING;
  seg[2].runs != RUNNING
}

inline resumeAll() {
  d_step { seg[0].stop = false; seg[1].stop = false; seg[2].stop = false; stopper = NOBODY }
}

/* --- reshare, all in one step: nobody runs -------------------------------------------------------------------- */

inline applyStopped(m, e) {
  if
  :: (log[e].written & (SET(X) | SET(F))) != 0 && !PRIVATE(m, 0) ->
     holders[0] = holders[0] | BITOF(m); copyPage(m, 0)
  :: else
  fi;
  if
  :: HAS(log[e].written, Y) && !PRIVATE(m, 1) -> holders[1] = holders[1] | BITOF(m); copyPage(m, 1)
  :: else
  fi;
  applyWords(m, e)
}

inline bringToEnd(m) {
  do
  :: NEXT(m) == 0 || NEXT(m) == CLOSED -> break
  :: else ->
     assert(!log[NEXT(m)].reused);
     ok = seg[m].inTransaction && !seg[m].doom;
     if
     :: ok && (log[NEXT(m)].written & seg[m].marks) != 0 -> rollback(m); seg[m].doom = true; ok = false
     :: else
     fi;
     applyStopped(m, NEXT(m));
     checkView(m);
     if
     :: ok -> checkSnapshot(m)
     :: else
     fi
  od;
  ok = false
}

inline shareUnits(m) {
  if
  :: seg[m].inTransaction && ((seg[m].written & (SET(X) | SET(F))) != 0 || seg[m].fresh)
  :: else -> dropPage(m, 0)
  fi;
  if
  :: seg[m].inTransaction && HAS(seg[m].written, Y)
  :: else -> dropPage(m, 1)
  fi
}

inline updateBase(m) {
  /* Uncommitted F of another segment that lives in the base. */
  rescued = (ownerF == NOBODY || ownerF == COMMITTED || ownerF == m + 1 -> 0
    : (PRIVATE(m, 0) && !PRIVATE(ownerF - 1, 0) -> base[F] : 0));
#ifdef ERROR_NO_RESCUE
  rescued = 0;
#endif
  o = 0;
  do
  :: o > F -> break
  :: else ->
     if
     :: PRIVATE(m, PAGE(o)) -> base[o] = seg[m].copy[o]
     :: else
     fi;
     if
     :: HAS(seg[m].written, o) -> base[o] = seg[m].saved[o]
     :: else
     fi;
     o++
  od;
  o = 0;
  if
  :: rescued != 0 -> base[F] = rescued; rescued = 0
  :: else
  fi
}

inline reshare() {
  assert(!seg[0].inside && !seg[1].inside && !seg[2].inside);
  source = CLOSED;
  s = 0;
  do
  :: s == N -> break
  :: else ->
     if
     :: HAS(attached, s) && (source == CLOSED || seg[s].revision > seg[source].revision) -> source = s
     :: else
     fi;
     s++
  od;
  if
  :: source != CLOSED ->
     bringToEnd(source);
     closed = seg[source].inevitable;
     s = 0;
     do
     :: s == N -> break
     :: else ->
        if
        :: s != source && HAS(attached, s) && seg[s].inTransaction && !seg[s].doom ->
           bringToEnd(s);
           closed = closed || seg[s].inevitable
        :: else
        fi;
        s++
     od;
     updateBase(source);
     assert(seg[source].revision == newest);
     assert(base[X] == committed[newest].word[X] && base[Y] == committed[newest].word[Y]);
     assert(ownerF != COMMITTED || base[F] == committed[newest].word[F]);
     r = 0;
     do
     :: r == ENTRIES -> break
     :: else -> clearEntry(r); r++
     od;
#ifdef ERROR_RESTART_OPEN
     closed = false;
#endif
     log[0].next = (closed -> CLOSED : 0);
     closed = false;
     r = 0;
     do
     :: r >= newest -> break
     :: else -> committed[r].word[X] = 0; committed[r].word[Y] = 0; committed[r].word[F] = 0; r++
     od;
     s = 0;
     do
     :: s == N -> break
     :: else ->
        if
        :: HAS(attached, s) ->
           shareUnits(s);
           seg[s].last = 0; seg[s].revision = newest; seg[s].published = newest;
           checkView(s)
        :: else
        fi;
        s++
     od;
     r = 0
  :: else
  fi;
  s = 0;
  source = 0;
  previous = 0
}

/* --- a mutator ------------------------------------------------------------------------------------------------ */

inline writeWord(m, w, bits) {
  d_step {
    ops++;
    checkView(m);
    seg[m].marks = seg[m].marks | SET(w);
    seg[m].saved[w] = seg[m].copy[w];
    seg[m].written = seg[m].written | SET(w);
    seg[m].copy[w] = seg[m].copy[w] + 1 + bits
  }
}

/* The segment is parked; on the way out it may have been rolled back. */
inline awaitToken(m) {
  token == NOBODY;
  enter(m, PARKED);
  if
  :: seg[m].doom -> goto ended
  :: else
  fi
}

inline advance(m) {
  seg[m].last = entry;
  seg[m].revision = log[entry].revision;
  seg[m].published = seg[m].revision;
  entry = 0
}

proctype Mutator(byte m; byte attempts) {
  byte entry, ops, begun;
  bool valid, readsMatter, travels;

  do
  :: attempts == 0 -> break
  :: atomic { attempts > 0 -> attempts--; begun = newest };

     /* Begin, attaching when the segment does not follow the log. */
     enter(m, IDLE);
     if
     :: HAS(attached, m)
     :: atomic { !HAS(attached, m) -> park(m) };
        stopAll(m + 1);
        d_step {
#ifdef ERROR_ATTACH_WITHOUT_RESHARE
          if
          :: newest != 0
          :: else -> reshare()
          fi;
#else
          reshare();
#endif
          attached = attached | BITOF(m);
          seg[m].last = 0; seg[m].revision = newest; seg[m].published = newest
        }
        resumeAll();
        enter(m, PARKED)
     fi;
     importEntries(m, false);
     atomic {
       assert(seg[m].revision >= begun); /* real-time order */
       begun = 0;
       checkView(m);
       seg[m].inTransaction = true;
       ops = 0
     };

     do
     /* read */
     :: d_step { ops < OPS && !HAS(seg[m].marks, X) -> ops++; seg[m].marks = seg[m].marks | SET(X); checkView(m) }
     :: d_step { ops < OPS && !HAS(seg[m].marks, Y) -> ops++; seg[m].marks = seg[m].marks | SET(Y); checkView(m) }
     :: d_step { ops < OPS && !HAS(seg[m].marks, F) && REACHES_F(m) ->
          ops++; seg[m].marks = seg[m].marks | SET(F) | (rootF == m + 1 -> 0 : SET(Y)); checkView(m) }

     /* write: read, mark, privatize, save, increment */
     :: ops < OPS && !HAS(seg[m].written, X) -> ensurePrivate(m, X); writeWord(m, X, 0)
     :: ops < OPS && !HAS(seg[m].written, Y) -> ensurePrivate(m, Y); writeWord(m, Y, 0)
     :: ops < OPS && !HAS(seg[m].written, F) && REACHES_F(m) && !seg[m].fresh ->
        d_step { seg[m].marks = seg[m].marks | (rootF == m + 1 -> 0 : SET(Y)) };
        ensurePrivate(m, F); writeWord(m, F, 0)

     /* a minor collection promotes F: through the base where its page is shared */
     :: atomic { ops < OPS && ownerF == NOBODY && allocations < ALLOCATIONS ->
          ops++;
          ownerF = m + 1; seg[m].fresh = true; allocations++;
        };
        d_step {
          if
          :: PRIVATE(m, 0) -> seg[m].copy[F] = FIRST * allocations
          :: else -> base[F] = FIRST * allocations
          fi;
          contentF = FIRST * allocations
        }
     /* a store into the overflow object, through the own view */
     :: ops < OPS && seg[m].fresh && (VIEW(m, F) & 7) == 0 ->
#ifdef COW
        ensurePrivate(m, F);
#endif
        d_step {
          ops++;
          if
          :: PRIVATE(m, 0) -> seg[m].copy[F] = seg[m].copy[F] + 1
          :: else -> base[F] = base[F] + 1
          fi;
          contentF = contentF + 1
        }
     /* F becomes reachable */
     :: ops < OPS && !HAS(seg[m].written, Y) && CAN_LINK(m) ->
        ensurePrivate(m, Y); writeWord(m, Y, LINK)

     /* safepoint */
     :: atomic { seg[m].stop -> park(m) };
        enter(m, PARKED);
        if
        :: seg[m].doom -> goto ended
        :: else
        fi

     /* early validation */
     :: atomic { ops > 0 && validates > 0 && !seg[m].inevitable -> validates-- };
        importEntries(m, true);
        if
        :: valid
        :: !valid -> goto abort
        fi

     /* becomeInevitable */
     :: atomic { inevitables > 0 && !seg[m].inevitable -> inevitables-- };
        do
        :: importEntries(m, true);
           if
           :: atomic { !valid -> goto abort }
           :: atomic { valid && NEXT(m) == 0 -> NEXT(m) = CLOSED; break }
           :: atomic { valid && NEXT(m) == CLOSED && token != NOBODY -> park(m) };
              awaitToken(m)
           :: atomic { valid && NEXT(m) == CLOSED && token == NOBODY }
           :: atomic { valid && NEXT(m) != 0 && NEXT(m) != CLOSED }
           fi
        od;
        atomic { assert(token == NOBODY); token = m + 1; seg[m].inevitable = true }

     :: ops > 0 && !seg[m].inevitable -> goto abort
     :: ops > 0 -> break
     od;

     /* Commit. Nothing written, nothing left behind: it is serialized at its view revision. */
     if
     :: atomic { seg[m].written == 0 && !seg[m].fresh && !seg[m].inevitable -> goto done }
     :: else
     fi;
     if
     :: ALONE(m) ->
        importEntries(m, true);
        if
        :: atomic { !valid -> goto abort }
        :: else
        fi;
        openLog(m, 0);
        d_step {
          if
          :: seg[m].written != 0 ->
             ghostCommit(m); seg[m].revision++; seg[m].published = seg[m].revision
          :: else -> ghostCommitFresh(m)
          fi
        };
        goto done
     :: else
     fi;

again:
     travels = false;
     if
     :: seg[m].fresh ->
#ifdef ERROR_LOOK_BEFORE_COMPLETION
        d_step { travels = (holders[0] & ~BITOF(m)) != 0 };
#endif
        if
        :: d_step { PRIVATE(m, 0) -> base[F] = seg[m].copy[F] }
        :: !PRIVATE(m, 0)
        fi;
#ifndef ERROR_LOOK_BEFORE_COMPLETION
        d_step { travels = (holders[0] & ~BITOF(m)) != 0 };
#endif
     :: else
     fi;
redo:
     skip;
     d_step {
       reclaim(m);
       entry = 1 + MOST * m + attempts;
       clearEntry(entry);
       log[entry].written = seg[m].written;
       log[entry].travels = travels;
       o = 0;
       do
       :: o > F -> break
       :: HAS(seg[m].written, o) || o == F && travels -> log[entry].word[o] = VIEW(m, o); o++
       :: else -> o++
       od;
       o = 0;
       readsMatter = seg[m].written != 0
#ifdef ERROR_NO_VALIDATION
       ; readsMatter = false
#endif
     };
     if
     :: seg[m].written == 0 && !travels ->
        d_step { entry = 0; clearEntry(1 + MOST * m + attempts); ghostCommitFresh(m) };
        openLog(m, 0);
        goto done
     :: seg[m].inevitable && (seg[m].written != 0 || travels) ->
        atomic { token = NOBODY };
        atomic {
          assert(NEXT(m) == CLOSED);
          log[entry].revision = seg[m].revision + 1;
          ghostCommit(m);
          NEXT(m) = entry;
          seg[m].inevitable = false;
          advance(m)
        };
        goto done
     :: else
     fi;
     entry = 0;

     /* publish */
     do
     :: importEntries(m, readsMatter);
        if
        :: atomic { !valid -> goto abort }
        :: atomic { valid && NEXT(m) == 0 ->
             entry = 1 + MOST * m + attempts;
             log[entry].revision = seg[m].revision + 1;
             ghostCommit(m);
             NEXT(m) = entry;
             advance(m);
             goto done }
        :: atomic { valid && NEXT(m) == CLOSED && token != NOBODY ->
#ifdef ERROR_WAIT_WITHOUT_PARKING
           skip };
           token == NOBODY;
#else
           park(m) };
           awaitToken(m);
#endif
#ifdef ERROR_NO_REDO_AFTER_WAIT
           goto redo
#else
           goto again
#endif
        :: atomic { valid && NEXT(m) == CLOSED && token == NOBODY -> goto again }
        :: atomic { valid && NEXT(m) != 0 && NEXT(m) != CLOSED }
        fi
     od;

abort:
     atomic { rollback(m); entry = 0 };
     goto ended;

done:
     atomic { endTransaction(m); entry = 0 };

ended:
     atomic { leave(m); ops = 0; valid = false; readsMatter = false; travels = false }
  od
}

/* --- reshares and detaches from outside ----------------------------------------------------------------------- */

proctype Keeper(byte reshares; byte detaches) {
  byte m;
  do
  :: reshares > 0 ->
     reshares--;
     stopAll(KEEPER);
     d_step { reshare() };
     resumeAll()
  :: detaches > 0 ->
     detaches--;
     if
     :: m = 0
     :: m = 1
     :: m = 2
     fi;
     if
     :: atomic { seg[m].runs == IDLE && HAS(attached, m) -> seg[m].runs = RUNNING };
        if
        :: atomic { seg[m].stop -> seg[m].runs = IDLE }
        :: atomic { !seg[m].stop -> seg[m].inside = true };
           if
#ifdef ERROR_DETACH_LAST
           :: d_step { true ->
#else
           :: d_step { !ALONE(m) ->
#endif
                attached = attached & ~BITOF(m);
                seg[m].last = 0; seg[m].revision = 0; seg[m].published = 0 };
              d_step { dropPage(m, 1); dropPage(m, 0) }
           :: else
           fi;
           atomic { seg[m].inside = false; seg[m].runs = IDLE }
        fi
     :: else
     fi;
     m = 0
  :: break
  od
}

init {
  atomic {
#ifdef ATTACHED
    attached = BITOF(0) | BITOF(1) | BITOF(2);
#endif
    run Mutator(0, A0);
    run Mutator(1, A1);
    run Mutator(2, A2);
    if
    :: RESHARES + DETACHES > 0 -> run Keeper(RESHARES, DETACHES)
    :: else
    fi
  }
}
