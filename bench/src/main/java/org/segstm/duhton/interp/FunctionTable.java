package org.segstm.duhton.interp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.segstm.duhton.reader.Datum;
import org.segstm.duhton.value.Values;

/** All code by number. Look-up is a plain array load; code is never removed. */
public final class FunctionTable {
    private final HotCodes hotCodes;
    private final Map<String, FunctionCode> named = new ConcurrentHashMap<>();
    private volatile FunctionCode[] codes = new FunctionCode[0];

    /**
     * An empty table.
     *
     * @param hotCodes compiles functions that are hot; null when nothing is compiled.
     */
    public FunctionTable(final HotCodes hotCodes) {
        this.hotCodes = hotCodes;
    }

    /**
     * The code of a function.
     *
     * @param function value of {@link FunctionCode#value()}.
     * @return the code.
     */
    public FunctionCode get(final long function) {
        return codes[Values.intOf(function)];
    }

    synchronized FunctionCode add(final List<Datum> parameters, final List<Datum> text, final int line) {
        final int number = codes.length;
        final FunctionCode[] grown = Arrays.copyOf(codes, number + 1);
        grown[number] = new FunctionCode(number, parameters, text, line, hotCodes);
        codes = grown;
        return grown[number];
    }

    HotCodes hotCodes() {
        return hotCodes;
    }

    FunctionCode[] all() {
        return codes;
    }

    /**
     * Notes that the text has a definition of a global function.
     *
     * @param name of the function.
     * @param code of the definition that is met last.
     */
    void define(final String name, final FunctionCode code) {
        named.put(name, code);
    }

    /**
     * What a name will most likely stand for, for a compiler.
     *
     * @param name of a function.
     * @return code of a global function, null when the text has none of that name.
     */
    FunctionCode named(final String name) {
        return named.get(name);
    }
}
