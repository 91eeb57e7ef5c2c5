package org.segstm.heap;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Writes collections in the shape that users of the JVM's own collectors know from {@code -Xlog:gc*}. Times are those
 * since the heap was opened.
 *
 * <pre>
 *  [0.152s][info][gc] GC(7) Pause Major (Growth) 45M-&gt;12M(1024M) 3.456ms
 *  [0.152s][info][gc,phases] GC(7) stop 0.012ms reshare 0.310ms mark 2.101ms sweep 0.900ms return 0.133ms
 *  [0.152s][info][gc,heap] GC(7) Private: 3M-&gt;0M Live: 11M Returned: 33M
 * </pre>
 */
final class CollectionLog implements CollectionListener {
    private static final int LOG_BYTES_IN_MIB = 20;
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final long heapBytes;
    private final long openedNanos = System.nanoTime();

    CollectionLog(final PrintStream out, final long heapBytes) {
        this.out = out;
        this.heapBytes = heapBytes;
    }

    @Override
    public void collected(final CollectionEvent event) {
        final StringBuilder text = new StringBuilder();
        final double seconds = (event.startNanos() + event.pauseNanos() - openedNanos) / NANOS_PER_SECOND;
        start(text, seconds, "gc", event).append("Pause ").append(title(event.kind().name()))
            .append(" (").append(event.cause().title()).append(") ")
            .append(mebibytes(event.usedBytesBefore(), event.usedBytesAfter()))
            .append('(').append(heapBytes >>> LOG_BYTES_IN_MIB).append("M) ").append(millis(event.pauseNanos()));
        if (event.kind() != CollectionEvent.Kind.MINOR) {
            start(text.append(System.lineSeparator()), seconds, "gc,phases", event);
            for (final CollectionEvent.Phase phase : CollectionEvent.Phase.values()) {
                if (event.phaseNanos(phase) != 0) {
                    text.append(phase.name().toLowerCase(Locale.ROOT)).append(' ')
                        .append(millis(event.phaseNanos(phase))).append(' ');
                }
            }
            text.setLength(text.length() - 1);
            start(text.append(System.lineSeparator()), seconds, "gc,heap", event).append("Private: ")
                .append(mebibytes(event.privateBytesBefore(), event.privateBytesAfter()));
        }
        if (event.kind() == CollectionEvent.Kind.MAJOR) {
            text.append(" Live: ").append(event.liveBytes() >>> LOG_BYTES_IN_MIB).append("M Returned: ")
                .append(event.returnedBytes() >>> LOG_BYTES_IN_MIB).append('M');
        }
        out.println(text);
    }

    private static StringBuilder start(
        final StringBuilder text, final double seconds, final String tags, final CollectionEvent event) {
        return text.append(String.format(Locale.ROOT, "[%.3fs][info][%s] GC(%d) ", seconds, tags, event.number()));
    }

    private static String title(final String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String mebibytes(final long before, final long after) {
        return (before >>> LOG_BYTES_IN_MIB) + "M->" + (after >>> LOG_BYTES_IN_MIB) + "M";
    }

    private static String millis(final long nanos) {
        return String.format(Locale.ROOT, "%.3fms", nanos / NANOS_PER_MILLI);
    }
}
