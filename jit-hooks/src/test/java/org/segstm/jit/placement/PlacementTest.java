package org.segstm.jit.placement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each rule of placement by itself. */
@Timeout(60)
class PlacementTest {
    private TestCode code;
    private Placement placement;

    private void place(final TestCode made) {
        code = made;
        placement = BarrierPlacer.explain(code);
        PlacementVerifier.verify(code, placement);
    }

    private void place(final String... lines) {
        place(TestCode.parse(lines));
    }

    private void assertCounts(final int reads, final int writes) {
        final String shown = PlacementPrinter.print(code, placement);
        assertEquals(reads, placement.count(Barrier.Kind.READ), shown);
        assertEquals(writes, placement.count(Barrier.Kind.WRITE), shown);
    }

    private static String kinds(final List<Barrier> barriers) {
        return barriers.stream().map(Barrier::toString).collect(Collectors.joining(", "));
    }

    @Test
    void shouldNeedNoBarrierWhenAFieldIsImmutable() {
        place("b0:", "load v0!", "load v0!");
        assertCounts(0, 0);
    }

    @Test
    void shouldReadOnceWhenAnObjectIsReadAgain() {
        place("b0:", "load v0", "load v0", "load v1");
        assertCounts(2, 0);
    }

    @Test
    void shouldNotReadWhenItHasWritten() {
        place("b0:", "store v0", "load v0");
        assertCounts(0, 1);
    }

    @Test
    void shouldNeedNoBarrierWhenTheObjectIsFresh() {
        place("b0:", "v0 = alloc", "store v0", "load v0", "v1 = alloc", "store v0");
        assertCounts(0, 0);
    }

    @Test
    void shouldWriteAgainAndNotReadWhenASafepointLiesBetween() {
        place("b0:", "store v0", "load v0", "safepoint", "load v0", "store v0");
        assertCounts(0, 2);
        // On the fast path of the poll nothing was forgotten.
        assertEquals("write barrier v0", kinds(placement.onSlowPath(0, 2)));
    }

    @Test
    void shouldStillNotReadWhenAFreshObjectHasMoved() {
        place("b0:", "v0 = alloc", "safepoint", "load v0");
        assertCounts(0, 0);
    }

    @Test
    void shouldKnowNothingWhenTheTransactionBroke() {
        place("b0:", "load v0", "store v1", "break", "load v0", "load v1");
        assertCounts(3, 1);
        assertEquals("read barrier v0, read barrier v1", kinds(placement.onSlowPath(0, 2)));
    }

    @Test
    void shouldFollowTheEffectWhenACallLiesBetween() {
        place("b0:", "load v0", "store v1", "call none", "load v0", "store v1");
        assertCounts(1, 1);
        place("b0:", "load v0", "store v1", "call collects", "load v0", "store v1");
        assertCounts(1, 2);
        place("b0:", "load v0", "store v1", "call breaks", "load v0", "store v1");
        assertCounts(2, 2);
    }

    @Test
    void shouldForgetWhenAValueIsDefinedAgain() {
        place("b0:", "load v0", "v0 = load v0", "load v0");
        assertCounts(2, 0);
    }

    @Test
    void shouldKeepWhatIsKnownWhenAValueIsCopied() {
        place("b0:", "load v0", "v1 = copy v0", "load v1", "store v1", "v2 = copy v1", "store v2");
        assertCounts(1, 1);
    }

    @Test
    void shouldKnowAtAMergeWhenAllWaysKnow() {
        place("b0:", "-> b1 b2", "b1:", "load v0", "-> b3", "b2:", "store v1", "-> b3",
            "b3:", "v2 = merge b1 v0 b2 v1", "load v2");
        assertCounts(1, 1);
    }

    @Test
    void shouldAddTheBarrierToTheOtherWayWhenOneWayKnows() {
        place("b0:", "-> b1 b2", "b1:", "load v0", "-> b3", "b2:", "other", "-> b3", "b3:", "load v0");
        assertCounts(2, 0);
        assertEquals("", kinds(placement.before(3, 0)));
        assertEquals("read barrier v0", kinds(placement.onEdge(2, 0)));
    }

    @Test
    void shouldComeBeforeTheLoopWhenTheObjectStaysTheSame() {
        place("b0:", "other", "-> b1", "b1:", "load v0", "store v1", "-> b1 b2", "b2:", "other");
        assertCounts(1, 1);
        assertEquals("read barrier v0, write barrier v1", sorted(placement.onEdge(0, 0)));
        assertTrue(placement.before(1, 0).isEmpty() && placement.before(1, 1).isEmpty());
    }

    private static String sorted(final List<Barrier> barriers) {
        return barriers.stream().map(Barrier::toString).sorted().collect(Collectors.joining(", "));
    }

    @Test
    void shouldRepairOnTheSlowPathWhenTheLoopPolls() {
        place(TestCode.parse("b0:", "other", "-> b1", "b1:", "load v0", "store v1", "-> b1 b2", "b2:", "other")
            .polls(Polls.BREAK));
        assertTrue(placement.hasPoll(1, 0));
        assertFalse(placement.hasPoll(1, 1));
        assertTrue(placement.before(1, 0).isEmpty() && placement.before(1, 1).isEmpty());
        assertEquals("read barrier v0, write barrier v1", sorted(placement.onEdgeSlowPath(1, 0)));
    }

    @Test
    void shouldNotPollWhenEachWayAroundBreaks() {
        place(TestCode.parse("b0:", "-> b1", "b1:", "break", "-> b1 b2", "b2:", "other").polls(Polls.BREAK));
        assertFalse(placement.hasPoll(1, 0));
        place(TestCode.parse("b0:", "-> b1", "b1:", "-> b2 b3", "b2:", "break", "-> b4", "b3:", "other", "-> b4",
            "b4:", "-> b1 b5", "b5:", "other").polls(Polls.BREAK));
        assertTrue(placement.hasPoll(4, 0));
    }

    @Test
    void shouldStayBehindTheGuardWhenTheValueMayBeNoObject() {
        final String[] lines =
            {"b0:", "other", "-> b1", "b1:", "guard", "load v0", "-> b1 b2", "b2:", "other"};
        place(lines);
        assertEquals("read barrier v0", kinds(placement.before(1, 1)));
        place(TestCode.parse(lines).known(0));
        assertEquals("read barrier v0", kinds(placement.onEdge(0, 0)));
    }

    @Test
    void shouldComeBeforeTheLoopWhenTheValueHasPassedAGuardBefore() {
        for (final String first : new String[] {"guard v0", "load v0!", "v0 = alloc"}) {
            place("b0:", first, "call breaks", "-> b1", "b1:", "guard v0", "load v0", "-> b1 b2", "b2:", "other");
            assertEquals("read barrier v0", kinds(placement.onEdge(0, 0)), first);
        }
        for (final String last : new String[] {"guard v1", "v0 = other", "other"}) {
            place("b0:", last.startsWith("v0") ? "guard v0" : "other", last, "-> b1",
                "b1:", "guard v0", "load v0", "-> b1 b2", "b2:", "other");
            assertEquals("read barrier v0", kinds(placement.before(1, 1)), last);
        }
    }

    @Test
    void shouldStayBehindTheGuardWhenThatMayCheckTheIndex() {
        for (final String where : new String[] {"v0#1", "v0[v1]", "v0[v1:0..31]"}) {
            place(TestCode.parse("b0:", "other", "-> b1", "b1:", "guard", "load " + where, "-> b1 b2", "b2:", "other")
                .known(0));
            assertEquals(1, placement.before(1, 1).size(), where);
        }
        for (final String where : new String[] {"v0#0", "v0[v1:0..end]"}) {
            place(TestCode.parse("b0:", "other", "-> b1", "b1:", "guard", "load " + where, "-> b1 b2", "b2:", "other")
                .known(0));
            assertEquals(1, placement.onEdge(0, 0).size(), where);
        }
    }

    @Test
    void shouldProveNothingWhenOneWayHasNoGuard() {
        place("b0:", "other", "-> b1 b2", "b1:", "guard v0", "-> b3", "b2:", "other", "-> b3",
            "b3:", "guard v0", "load v0");
        assertEquals("read barrier v0", kinds(placement.before(3, 1)));
        place("b0:", "other", "-> b1 b2", "b1:", "guard v0", "-> b3", "b2:", "guard v1", "-> b3",
            "b3:", "v2 = merge b1 v0 b2 v1", "-> b4", "b4:", "guard v2", "load v2", "-> b4 b5", "b5:", "other");
        assertEquals("read barrier v2", kinds(placement.onEdge(3, 0)));
    }

    @Test
    void shouldStayInTheLoopWhenTheLoopMayNotBeEntered() {
        place("b0:", "other", "-> b1", "b1:", "-> b2 b3", "b2:", "load v0", "-> b1", "b3:", "other");
        assertEquals("read barrier v0", kinds(placement.before(2, 0)));
    }

    @Test
    void shouldMarkPerCardWhenTheOffsetIsKnown() {
        place("b0:", "load v0#0", "load v0#0", "load v0#1", "store v0#1", "load v0#1");
        assertCounts(2, 1);
    }

    @Test
    void shouldMarkPerItemWhenOnlyTheIndexIsKnown() {
        place("b0:", "load v0[v1]", "store v0[v1]", "load v0[v1]", "v1 = other", "load v0[v1]");
        assertCounts(2, 1);
    }

    @Test
    void shouldMarkTheRangeAheadWhenALoopStaysInIt() {
        place("b0:", "other", "-> b1", "b1:", "v1 = other", "load v0[v1:0..31]", "-> b1 b2", "b2:", "other");
        assertEquals("read barrier v0 cards 0..2", kinds(placement.onEdge(0, 0)));
        assertCounts(1, 0);
        place("b0:", "other", "-> b1", "b1:", "v1 = other", "store v0[v1:0..end]", "-> b1 b2", "b2:", "other");
        assertEquals("write barrier v0 cards 0..end", kinds(placement.onEdge(0, 0)));
    }

    @Test
    void shouldMarkTheItemAloneWhenARangeWouldNotBeAheadOfALoop() {
        place("b0:", "load v0[v1:0..31]", "load v0[v1:0..31]");
        assertEquals("read barrier v0[v1]", kinds(placement.before(0, 0)));
        assertCounts(1, 0);
    }

    @Test
    void shouldNotMarkAsReadWhenACounterIsAddedTo() {
        place("b0:", "add v0", "add v0", "load v0");
        assertCounts(1, 1);
    }

    @Test
    void shouldBecomeInevitableOncePerPath() {
        place("b0:", "-> b1 b2", "b1:", "call outside", "-> b3", "b2:", "other", "-> b3",
            "b3:", "call outside", "call outside");
        assertEquals(2, placement.count(Barrier.Kind.INEVITABLE));
        assertEquals("become inevitable", kinds(placement.before(1, 0)));
        assertEquals("become inevitable", kinds(placement.onEdge(2, 0)));
    }

    @Test
    void shouldNotBecomeInevitableWhenThatMayNotBeNeeded() {
        place("b0:", "other", "-> b1 b2", "b1:", "call outside", "-> b2", "b2:", "other");
        assertEquals("become inevitable", kinds(placement.before(1, 0)));
        assertEquals(1, placement.count(Barrier.Kind.INEVITABLE));
    }

    @Test
    void shouldBecomeInevitableAgainWhenTheTransactionMayHaveEnded() {
        place("b0:", "call outside", "call breaks", "call outside");
        assertEquals(2, placement.count(Barrier.Kind.INEVITABLE));
    }

    @Test
    void shouldSayWhyWhenPrinted() {
        place(TestCode.parse("b0:", "v1 = alloc", "-> b1", "b1:", "v2 = load v0", "store v1", "load v2!",
            "call collects", "store v1", "-> b1 b2", "b2:", "other").polls(Polls.SAFEPOINT));
        assertEquals(String.join("\n",
            "b0:",
            "    v1 = alloc",
            "  -> b1",
            "    > read barrier v0                       ; for b1:0: first on its way",
            "b1:",
            "    v2 = load v0                            ; no barrier: covered on all ways",
            "    store v1                                ; no barrier: covered on all ways",
            "    load v2!                                ; no barrier: never changes, or never conflicts",
            "    call collects",
            "  > write barrier v1                        ; for b1:1, b1:4: call at b1:3",
            "    store v1",
            "  -> b1",
            "    > safepoint poll                        ; closes a loop",
            "      slow path:",
            "        > write barrier v1                  ; for b1:1: slow path of the poll on the edge of b1:0",
            "  -> b2",
            "b2:",
            "    other",
            ""), PlacementPrinter.print(code, placement));
    }

    @Test
    void shouldNameTheAccessWhenAPlacementIsNotSound() {
        final TestCode other = TestCode.parse("b0:", "load v0", "-> b1", "b1:", "store v0");
        final Placement lacking = new Placement(Polls.NONE);
        assertEquals(
            List.of("load without read barrier at b0:0 load v0", "store without write barrier at b1:0 store v0"),
            PlacementVerifier.findViolations(other, lacking));
        final IllegalStateException thrown =
            assertThrows(IllegalStateException.class, () -> PlacementVerifier.verify(other, lacking));
        assertTrue(thrown.getMessage().startsWith("placement is not sound: load without"), thrown::getMessage);
    }

    @Test
    void shouldNameTheRuleWhenAPlacementLacksMore() {
        final TestCode other = TestCode.parse("b0:", "call outside", "-> b0").polls(Polls.SAFEPOINT);
        assertEquals(List.of("a loop without poll",
            "outside effect in a transaction that may abort at b0:0 call outside"),
            PlacementVerifier.findViolations(other, new Placement(Polls.SAFEPOINT)));
    }
}
