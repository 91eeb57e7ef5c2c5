package org.segstm.bench.layout;

import org.segstm.bridge.Platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * What the kernel counts of this process, as far as page tables and TLBs are concerned. Misses of the TLB itself are
 * counted by the processor only, and not in virtual machines such as ours.
 *
 * @param mappings      lines of {@code /proc/self/maps}.
 * @param faults        page faults without input since the process was started.
 * @param shootdowns    interrupts that flush another processor's TLB since the machine was started.
 * @param residentKib   memory that the page tables show, each view's counted: anonymous and of shared files.
 * @param pageTablesKib memory of the page tables.
 */
record ProcessCounts(double mappings, double faults, double shootdowns, double residentKib, double pageTablesKib) {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path INTERRUPTS = Path.of("/proc/interrupts");
    /** Counted from behind the command's name, which ends with a bracket: state is field 0. */
    private static final int MINOR_FAULTS_FIELD = 7;

    static ProcessCounts now() {
        return new ProcessCounts(Platform.mappingCount(), readFaults(), readShootdowns(),
            status("RssAnon:") + status("RssShmem:"), status("VmPTE:"));
    }

    private static double readFaults() {
        return read(STAT, text -> Double.parseDouble(
            text.substring(text.lastIndexOf(')') + 2).split(" ")[MINOR_FAULTS_FIELD]));
    }

    private static double readShootdowns() {
        return read(INTERRUPTS, text -> text.lines().map(String::trim).filter(line -> line.startsWith("TLB:"))
            .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1)).filter(word -> word.matches("\\d+"))
            .mapToDouble(Double::parseDouble).reduce(Double::sum).orElse(Double.NaN));
    }

    private static double status(final String name) {
        return read(STATUS, text -> text.lines().filter(line -> line.startsWith(name))
            .mapToDouble(line -> Double.parseDouble(line.substring(name.length()).trim().split(" ")[0]))
            .findFirst().orElse(Double.NaN));
    }

    /** Where the kernel does not tell, there is no figure. */
    private static double read(final Path file, final ToDoubleFunction<String> parser) {
        try {
            return parser.applyAsDouble(Files.readString(file));
        } catch (final IOException e) {
            return Double.NaN;
        }
    }
}
