package org.segstm.bench.report.log;

import java.util.List;

/**
 * What stands at the beginning of an event log.
 *
 * @param startMillis when the log began, in milliseconds since 1970.
 * @param kinds       of events, with the number of their arguments, in order of their numbers.
 * @param activities  titles of what a mutator can be busy with, in order of their numbers.
 * @param causes      names of the causes of aborts, in order of their numbers.
 * @param decisions   names of the decisions about who goes first, in order of their numbers.
 */
public record LogHeader(
    long startMillis, List<Kind> kinds, List<String> activities, List<String> causes, List<String> decisions) {
    /**
     * A kind of event.
     *
     * @param name      of it.
     * @param arguments how many numbers it has.
     */
    public record Kind(String name, int arguments) {
    }
}
