package org.segstm.bench.report.show;

import org.segstm.bench.report.Conflict;
import org.segstm.bench.report.LoggedCollection;
import org.segstm.bench.report.Run;
import org.segstm.bench.report.ThreadTimes;
import org.segstm.bench.report.TimeGroup;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The time line of a run as a drawing: a lane per thread, one for collections, one for conflicts, and the time. */
final class TimelineSvg {
    /** Parts of the time that are told apart. */
    static final int PARTS = 360;
    /** Groups in the order in which they are stacked, from below. */
    static final List<TimeGroup> STACK = List.of(TimeGroup.COMMITTED, TimeGroup.ABORTED, TimeGroup.WAIT,
        TimeGroup.BOOKKEEPING, TimeGroup.GC, TimeGroup.PARKED, TimeGroup.OUTSIDE);
    private static final int LEFT = 116;
    private static final int WIDTH = 900;
    private static final int LANE = 40;
    private static final int SMALL_LANE = 24;
    private static final int GAP = 8;
    private static final int RIGHT = 20;
    private static final int AXIS = 28;
    private static final int TICKS = 8;
    private static final int MOST_COLLECTIONS = 3000;
    private static final int LONGEST_NAME = 17;
    private static final double NANOS_IN_SECOND = 1e9;

    private final Run run;
    private final Html html;
    private final long end;
    private int y = GAP;

    TimelineSvg(final Run run, final Html html) {
        this.run = run;
        this.html = html;
        this.end = run.elapsedNanos();
    }

    void draw() {
        final int lanes = run.threads().size();
        final boolean conflicts = !run.conflicts().isEmpty();
        final int height = GAP + lanes * (LANE + GAP) + (conflicts ? SMALL_LANE + GAP : 0) + SMALL_LANE + GAP + AXIS;
        html.tag("<svg id=\"timeline\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Activities over time\" "
            + "data-left=\"%d\" data-width=\"%d\">", LEFT + WIDTH + RIGHT, height, LEFT, WIDTH);
        run.threads().forEach(this::thread);
        if (conflicts) {
            conflicts();
        }
        collections();
        axis(height);
        html.tag("<line id=\"cursor\" class=\"cursor\" y1=\"0\" y2=\"%d\" visibility=\"hidden\"/>", height - AXIS);
        html.raw("</svg>");
    }

    private void label(final String name, final int laneHeight) {
        html.tag("<text class=\"lane\" x=\"%d\" y=\"%d\">%s<title>%s</title></text>", LEFT - GAP,
            y + laneHeight / 2 + GAP / 2,
            name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 2) + "..", name);
    }

    private void thread(final ThreadTimes thread) {
        label(thread.name(), LANE);
        html.tag("<rect class=\"empty\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", LEFT, y, WIDTH, LANE);
        final double[] below = new double[PARTS];
        for (final TimeGroup group : STACK) {
            final double[] amounts = thread.over(group, end, PARTS);
            if (group != TimeGroup.OUTSIDE && Arrays.stream(amounts).sum() > 0) {
                final double[] above = new double[PARTS];
                for (int i = 0; i < PARTS; i++) {
                    above[i] = Math.min(1, below[i] + amounts[i] * PARTS / end);
                }
                html.tag("<path class=\"%s\" d=\"%s\"><title>%s</title></path>", cssClass(group),
                    area(below, above, LANE), thread.name() + ": " + group.title());
                System.arraycopy(above, 0, below, 0, PARTS);
            }
        }
        y += LANE + GAP;
    }

    /** Steps above, then back along the steps below; runs of equal height are one step. */
    private String area(final double[] below, final double[] above, final int height) {
        final StringBuilder path = new StringBuilder();
        for (int i = 0; i < PARTS; i++) {
            if (i == 0 || above[i] != above[i - 1]) {
                path.append(i == 0 ? 'M' : 'H').append(i == 0 ? x(0) + " " : x(i) + "V")
                    .append(number(y + height * (1 - above[i])));
            }
        }
        path.append('H').append(x(PARTS)).append('V').append(number(y + height * (1 - below[PARTS - 1])));
        for (int i = PARTS - 1; i > 0; i--) {
            if (below[i] != below[i - 1]) {
                path.append('H').append(x(i)).append('V').append(number(y + height * (1 - below[i - 1])));
            }
        }
        return path.append('H').append(x(0)).append('Z').toString();
    }

    private static String x(final int part) {
        return number(LEFT + (double) part * WIDTH / PARTS);
    }

    private static String number(final double value) {
        final String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private void conflicts() {
        label("conflicts", SMALL_LANE);
        final double[] lost = new double[PARTS];
        for (final Conflict conflict : run.conflicts()) {
            final double[] more = conflict.lostOver(end, PARTS);
            Arrays.setAll(lost, i -> lost[i] + more[i]);
        }
        final double most = Math.max(1, Arrays.stream(lost).max().orElse(0));
        html.tag("<rect class=\"empty\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", LEFT, y, WIDTH, SMALL_LANE);
        html.tag("<path class=\"aborted\" d=\"%s\"><title>time lost by conflicts</title></path>",
            area(new double[PARTS], Arrays.stream(lost).map(amount -> amount / most).toArray(), SMALL_LANE));
        y += SMALL_LANE + GAP;
    }

    private void collections() {
        label("collections", SMALL_LANE);
        html.tag("<rect class=\"empty\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", LEFT, y, WIDTH, SMALL_LANE);
        final List<LoggedCollection> all = run.collections();
        for (final LoggedCollection collection : all.subList(0, Math.min(all.size(), MOST_COLLECTIONS))) {
            final double from = (double) collection.begin() * WIDTH / end;
            final double width = Math.max(1, (double) (collection.end() - collection.begin()) * WIDTH / end);
            html.tag("<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s</title></rect>",
                isMajor(collection) ? "gc" : "bookkeeping", LEFT + from, y, width, SMALL_LANE,
                collection.kind().toLowerCase(Locale.ROOT) + " (" + collection.cause() + ") at "
                    + Texts.seconds(collection.begin()) + " s, "
                    + Texts.seconds(collection.end() - collection.begin()) + " s");
        }
        y += SMALL_LANE + GAP;
    }

    private static boolean isMajor(final LoggedCollection collection) {
        return collection.kind().equalsIgnoreCase("major");
    }

    private void axis(final int height) {
        final double seconds = end / NANOS_IN_SECOND;
        final double step = step(seconds / TICKS);
        for (int i = 0; i * step <= seconds; i++) {
            final double position = LEFT + i * step / seconds * WIDTH;
            html.tag("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\"/>", position, position,
                height - AXIS);
            html.tag("<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s s</text>", position, height - GAP,
                number(step, i * step));
        }
    }

    private static String number(final double step, final double value) {
        final int digits = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** The next of 1, 2, 5, 10, 20... and their tenths that is not below. */
    private static double step(final double least) {
        final double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (final int factor : new int[] {1, 2, 5}) {
            if (power * factor >= least) {
                return power * factor;
            }
        }
        return 10 * power;
    }

    static String cssClass(final TimeGroup group) {
        return group.name().toLowerCase(Locale.ROOT);
    }

    /** What the page's script shows beside the cursor: percent per thread, group and part. */
    String data() {
        final String threads = run.threads().stream().map(thread -> "{\"name\":\"" + script(thread.name())
            + "\",\"parts\":[" + STACK.stream().map(group -> Arrays.stream(thread.over(group, end, PARTS))
                .mapToObj(nanos -> Long.toString(Math.round(100 * Math.min(1, nanos * PARTS / end))))
                .collect(Collectors.joining(",", "[", "]"))).collect(Collectors.joining(",")) + "]}")
            .collect(Collectors.joining(",\n"));
        final String groups = STACK.stream().map(group -> "\"" + group.title() + "\"").collect(Collectors.joining(","));
        return "{\"seconds\":" + end / NANOS_IN_SECOND + ",\"groups\":[" + groups + "],\"threads\":[" + threads + "]}";
    }

    private static String script(final String name) {
        return name.replaceAll("[^A-Za-z0-9 ._#-]", "?");
    }
}
