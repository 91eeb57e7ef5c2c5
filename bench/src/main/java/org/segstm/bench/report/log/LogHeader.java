package org.segstm.bench.report.log;

import java.util.List;
import java.util.Map;

/**
 * What stands at the beginning of an event log.
 *
 * @param startMillis when the log began, in milliseconds since 1970.
 * @param facts       about the program, by name.
 * @param kinds       of events, with the number of their arguments, in order of their numbers.
 * @param activities  titles of what a mutator can be busy with, in order of their numbers.
 * @param causes      names of the causes of aborts, in order of their numbers.
 */
public record LogHeader(
    long startMillis, Map<String, String> facts, List<Kind> kinds, List<String> activities, List<String> causes) {
    /**
     * A kind of event.
     *
     * @param name      of it.
     * @param arguments how many numbers it has.
     */
    public record Kind(String name, int arguments) {
    }
}
