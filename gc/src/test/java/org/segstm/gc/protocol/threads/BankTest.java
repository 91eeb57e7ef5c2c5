package org.segstm.gc.protocol.threads;

import org.segstm.heap.Mutator;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Money moves between accounts and is never made or lost, for any transaction at any time. */
class BankTest {
    private static final int ACCOUNTS = 60;
    private static final long DEPOSIT = 1000;

    private static void open(final Crew crew) {
        crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> {
            for (int i = 0; i < ACCOUNTS; i++) {
                m.putLong(crew.cell(m, i), crew.value, DEPOSIT);
            }
        }));
    }

    private static void assertNothingLost(final Crew crew, final Mutator m) {
        long sum = 0;
        for (int i = 0; i < ACCOUNTS; i++) {
            sum += m.getLong(crew.cell(m, i), crew.value);
            if (i % 16 == 0) {
                m.safepoint();
            }
        }
        assertEquals(ACCOUNTS * DEPOSIT, sum);
    }

    private static void transfer(final Crew crew, final Mutator m, final Random random) {
        final long from = crew.cell(m, random.nextInt(ACCOUNTS));
        final long to = crew.cell(m, random.nextInt(ACCOUNTS));
        final long amount = random.nextInt(100);
        m.putLong(from, crew.value, m.getLong(from, crew.value) - amount);
        m.putLong(to, crew.value, m.getLong(to, crew.value) + amount);
    }

    @EachSetup
    void shouldKeepSumWhenTransfersAndAuditsAreConcurrent(final Setup setup) {
        try (Crew crew = new Crew(setup, ACCOUNTS)) {
            open(crew);
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                if (random.nextInt(10) == 0) {
                    mutator.atomicallyDo(m -> assertNothingLost(crew, m));
                } else {
                    mutator.atomicallyDo(m -> transfer(crew, m, random));
                }
            });
            crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> assertNothingLost(crew, m)));
        }
    }

    @EachSetup
    void shouldKeepSumWhenUpdatesAuditInside(final Setup setup) {
        try (Crew crew = new Crew(setup, ACCOUNTS)) {
            open(crew);
            crew.work(Setup.MILLIS, (mutator, random, index) -> mutator.atomicallyDo(m -> {
                transfer(crew, m, random);
                if (random.nextInt(8) == 0) {
                    m.safepoint();
                    assertNothingLost(crew, m);
                }
                transfer(crew, m, random);
                if (random.nextInt(50) == 0) {
                    m.becomeInevitable("test");
                    assertNothingLost(crew, m);
                    transfer(crew, m, random);
                }
            }));
            crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> assertNothingLost(crew, m)));
        }
    }
}
