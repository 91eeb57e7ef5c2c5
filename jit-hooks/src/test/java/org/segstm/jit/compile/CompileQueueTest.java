package org.segstm.jit.compile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class CompileQueueTest {
    private static final int THRESHOLD = 10;
    private static final int CALLERS = 3;
    private final List<CompileEvent> events = Collections.synchronizedList(new ArrayList<>());

    private static MethodHandle answer(final String text) {
        return MethodHandles.constant(String.class, text);
    }

    private static String call(final CodeUnit unit) throws Throwable {
        return (String) unit.invoker().invokeExact();
    }

    private CompileQueue queue() {
        return new CompileQueue(1, THRESHOLD, events::add);
    }

    private static CompiledCode code(final String text, final Assumption... assumptions) {
        return new CompiledCode(answer(text), List.of(assumptions), 5);
    }

    @Test
    void shouldSwitchToCompiledCodeWhenTheUnitIsHot() throws Throwable {
        try (CompileQueue queue = queue()) {
            final CodeUnit unit = new CodeUnit("f", queue, answer("slow"), () -> code("fast"));
            for (int i = 1; i < THRESHOLD; i++) {
                unit.count(1);
            }
            queue.awaitIdle();
            assertEquals(CodeUnit.State.INTERPRETED, unit.state());
            assertEquals("slow", call(unit));
            unit.count(1);
            queue.awaitIdle();
            assertEquals(CodeUnit.State.COMPILED, unit.state());
            assertEquals("fast", call(unit));
            assertEquals("fast", (String) unit.target().invokeExact());
            assertEquals(1, queue.figures().installed());
            assertTrue(queue.figures().firstInstalledNanos() > 0);
            assertTrue(events.get(0).toString().contains("installed f 5 bytes"), events::toString);
            unit.count(THRESHOLD);
            queue.awaitIdle();
            assertEquals(1, events.size());
        }
    }

    @Test
    void shouldGoOnInterpretedWhenAJobFails() throws Throwable {
        try (CompileQueue queue = queue()) {
            final List<Throwable> all = List.of(
                new IllegalStateException("no register left"), new StackOverflowError(), new java.io.IOException("x"));
            for (final Throwable thrown : all) {
                final CodeUnit unit = new CodeUnit("f", queue, answer("slow"), () -> {
                    if (thrown instanceof Error) {
                        throw (Error) thrown;
                    }
                    throw (Exception) thrown;
                });
                assertTrue(unit.compileSoon());
                queue.awaitIdle();
                assertEquals("slow", call(unit));
                assertEquals(CodeUnit.State.GIVEN_UP, unit.state());
                assertFalse(unit.compileSoon());
                assertSame(thrown, events.get(events.size() - 1).thrown());
            }
            assertEquals(all.size(), queue.count(CompileEvent.Kind.FAILED));
            assertTrue(events.get(0).toString().contains("failed f: "), events::toString);
            // Its thread is still there.
            final CodeUnit good = new CodeUnit("g", queue, answer("slow"), () -> code("fast"));
            good.compileSoon();
            queue.awaitIdle();
            assertEquals("fast", call(good));
        }
    }

    @Test
    void shouldGoOnInterpretedWhenTheCodeHasAnotherType() throws Throwable {
        try (CompileQueue queue = queue()) {
            final CodeUnit unit = new CodeUnit("f", queue, answer("slow"),
                () -> new CompiledCode(MethodHandles.constant(int.class, 1), List.of(), 5));
            unit.compileSoon();
            queue.awaitIdle();
            assertEquals("slow", call(unit));
            assertTrue(events.get(0).text().contains("another type"), events::toString);
        }
    }

    @Test
    void shouldStayInterpretedWhenTheJobDeclines() throws Throwable {
        try (CompileQueue queue = queue()) {
            final CodeUnit unit = new CodeUnit("f", queue, answer("slow"), () -> null);
            unit.compileSoon();
            queue.awaitIdle();
            assertEquals("slow", call(unit));
            assertEquals(1, queue.count(CompileEvent.Kind.DECLINED));
        }
    }

    @Test
    void shouldInterpretAndCompileAgainWhenAnAssumptionIsWrong() throws Throwable {
        try (CompileQueue queue = queue()) {
            final AtomicInteger version = new AtomicInteger();
            final List<Assumption> made = new ArrayList<>();
            final CodeUnit unit = new CodeUnit("f", queue, answer("slow"), () -> {
                final Assumption assumption = new Assumption("g stays");
                made.add(assumption);
                return code("fast" + version.incrementAndGet(), assumption);
            });
            for (int i = 1; i <= CodeUnit.MAXIMUM_COMPILES; i++) {
                unit.count(THRESHOLD);
                queue.awaitIdle();
                assertEquals("fast" + i, call(unit));
                made.get(made.size() - 1).invalidate("g was redefined");
                assertEquals("slow", call(unit));
            }
            assertEquals(CodeUnit.State.GIVEN_UP, unit.state());
            assertTrue(events.get(1).toString().contains("invalidated f: [g stays] g was redefined"),
                events::toString);
        }
    }

    @Test
    void shouldDiscardCodeWhenWhatItReliesOnBecameWrongMeanwhile() throws Throwable {
        try (CompileQueue queue = queue()) {
            final Assumption assumption = new Assumption("g stays");
            final CodeUnit unit = new CodeUnit("f", queue, answer("slow"), () -> {
                assumption.invalidate("now");
                return code("fast", assumption);
            });
            unit.compileSoon();
            queue.awaitIdle();
            assertEquals("slow", call(unit));
            assertEquals(CodeUnit.State.INTERPRETED, unit.state());
            assertEquals(1, queue.count(CompileEvent.Kind.DISCARDED));
        }
    }

    @Test
    void shouldNotStopAnybodyWhenAJobTakesLong() throws Throwable {
        final CountDownLatch started = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);
        try (CompileQueue queue = queue()) {
            final CodeUnit unit = new CodeUnit("f", queue, answer("slow"), () -> {
                started.countDown();
                mayEnd.await();
                return code("fast");
            });
            unit.compileSoon();
            started.await();
            assertEquals("slow", call(unit));
            assertEquals(CodeUnit.State.QUEUED, unit.state());
            assertEquals(1, queue.figures().pending());
            mayEnd.countDown();
            queue.awaitIdle();
            assertEquals("fast", call(unit));
        }
    }

    @Test
    void shouldCompileTheHottestFirstWhenSeveralWait() throws Exception {
        final CountDownLatch mayBegin = new CountDownLatch(1);
        final List<String> order = Collections.synchronizedList(new ArrayList<>());
        try (CompileQueue queue = queue()) {
            final CodeUnit first = new CodeUnit("first", queue, answer("slow"), () -> {
                mayBegin.await();
                return null;
            });
            first.compileSoon();
            while (queue.figures().pending() == 0) {
                Thread.onSpinWait();
            }
            final CodeUnit warm = new CodeUnit("warm", queue, answer("slow"), () -> {
                order.add("warm");
                return null;
            });
            final CodeUnit hot = new CodeUnit("hot", queue, answer("slow"), () -> {
                order.add("hot");
                return null;
            });
            warm.count(THRESHOLD);
            hot.count(THRESHOLD * 2);
            // The first may not have been taken yet: then it waits with the others.
            mayBegin.countDown();
            queue.awaitIdle();
        }
        assertEquals(List.of("hot", "warm"), order);
    }

    @Test
    void shouldRunOldOrNewCodeAndNothingElseWhenManyCall() throws Throwable {
        final AtomicInteger version = new AtomicInteger();
        try (CompileQueue queue = queue()) {
            final List<Assumption> made = Collections.synchronizedList(new ArrayList<>());
            final CodeUnit unit = new CodeUnit("f", queue, answer("slow"), () -> {
                final Assumption assumption = new Assumption("a");
                made.add(assumption);
                return code("fast" + version.incrementAndGet(), assumption);
            });
            final List<Thread> callers = new ArrayList<>();
            final List<Object> wrong = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < CALLERS; i++) {
                callers.add(new Thread(() -> {
                    try {
                        while (unit.state() != CodeUnit.State.GIVEN_UP) {
                            final String said = call(unit);
                            if (!said.equals("slow") && !said.startsWith("fast")) {
                                wrong.add(said);
                            }
                            unit.count(1);
                        }
                    } catch (final Throwable e) {
                        wrong.add(e);
                    }
                }));
            }
            callers.forEach(Thread::start);
            while (unit.state() != CodeUnit.State.GIVEN_UP) {
                if (unit.state() == CodeUnit.State.COMPILED) {
                    final int last = made.size();
                    made.get(last - 1).invalidate("again");
                    assertNotEquals("fast" + last, call(unit));
                }
            }
            for (final Thread caller : callers) {
                caller.join();
            }
            assertEquals(List.of(), wrong);
            assertEquals(CodeUnit.MAXIMUM_COMPILES, version.get());
        }
    }

    @Test
    void shouldStayInterpretedWhenTheQueueIsClosed() throws Throwable {
        final CompileQueue queue = queue();
        queue.close();
        final CodeUnit unit = new CodeUnit("f", queue, answer("slow"), () -> code("fast"));
        assertFalse(unit.compileSoon());
        assertEquals("slow", call(unit));
        assertEquals(CodeUnit.State.GIVEN_UP, unit.state());
        assertEquals(MethodType.methodType(String.class), unit.type());
    }

    @Test
    void shouldSayWhatIsWrongWhenArgumentsAre() {
        final IllegalArgumentException thrown =
            assertThrows(IllegalArgumentException.class, () -> new CompileQueue(0, 1, e -> { }));
        assertEquals("a queue has threads and a threshold: threadCount=0 threshold=1", thrown.getMessage());
    }

    @Test
    void shouldFindHalfOfThePeakWhenSpeedGrows() {
        final WarmupCurve curve = new WarmupCurve(100, 5);
        final WarmupCurve other = new WarmupCurve(100, 5);
        curve.record(0, 1);
        curve.record(150, 4);
        curve.record(250, 6);
        other.record(260, 1);
        other.record(399, 10);
        other.record(600, 1000);
        curve.add(other);
        assertEquals(10, curve.peak());
        assertEquals(7, curve.workIn(2));
        assertEquals(300, curve.nanosToHalfOfPeak());
        assertEquals(0, new WarmupCurve(100, 5).nanosToHalfOfPeak());
    }
}
