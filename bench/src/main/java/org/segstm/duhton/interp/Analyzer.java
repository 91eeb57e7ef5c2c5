package org.segstm.duhton.interp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.reader.Datum;
import org.segstm.duhton.reader.IntDatum;
import org.segstm.duhton.reader.ListDatum;
import org.segstm.duhton.reader.SymbolDatum;
import org.segstm.duhton.value.Constants;
import org.segstm.duhton.value.Shapes;
import org.segstm.duhton.value.Symbols;
import org.segstm.duhton.value.Values;

/** Makes nodes of text: resolves names to slots and symbols, forms to builtins and calls. */
public final class Analyzer {
    /** Lists in lists deeper than this are not analysed. */
    private static final int MAXIMUM_HEIGHT = 100_000;
    /** Stack frames of the interpreter for a level of lists in lists: the node's and that of a conversion. */
    private static final int UNITS_PER_LEVEL = 2;
    /** Stack frames of the interpreter for a call itself. */
    private static final int UNITS_PER_CALL = 3;

    private final Map<String, BuiltinForm> builtins;
    private final Shapes shapes;
    private final Symbols symbols;
    private final Constants constants;
    private final FunctionTable functions;
    private final Predicate<String> located;
    private final Set<String> hidden = new HashSet<>();

    /**
     * Makes an analyzer.
     *
     * @param builtins  forms by name.
     * @param shapes    of the heap.
     * @param symbols   of the program.
     * @param constants of the program.
     * @param functions to add code to.
     * @param located   builtins that tell where they stand while they are evaluated, by name; null for none.
     */
    public Analyzer(
            final Map<String, BuiltinForm> builtins, final Shapes shapes, final Symbols symbols,
            final Constants constants, final FunctionTable functions,
            final Predicate<String> located) {
        this.builtins = builtins;
        this.shapes = shapes;
        this.symbols = symbols;
        this.constants = constants;
        this.functions = functions;
        this.located = located;
    }

    /**
     * Makes a node of a program. Its symbols and quoted data go into the heap. Called between transactions, while no
     * worker runs.
     *
     * @param program a list of expressions.
     * @return the main program.
     */
    public MainCode analyzeProgram(final ListDatum program) {
        if (program.height() > MAXIMUM_HEIGHT) {
            throw new DuhtonError(DuhtonError.RECURSION_TOO_DEEP, DuhtonError.UNKNOWN_LINE);
        }
        final TextScan scan = new TextScan(program);
        constants.intern(scan.names(), scan.quoted());
        if (hideBuiltins(scan.definedFunctions())) {
            for (final FunctionCode code : functions.all()) {
                analyzeBody(code);
            }
        }
        final Node body = SequenceNode.of(analyzeAll(program.items(), Scope.global()), program.line());
        return new MainCode(body, stackUnits(program.height()));
    }

    private boolean hideBuiltins(final Set<String> definedFunctions) {
        final Set<String> found = new HashSet<>(definedFunctions);
        found.retainAll(builtins.keySet());
        return hidden.addAll(found);
    }

    /**
     * Makes a node of an expression.
     *
     * @param datum the expression.
     * @param scope around it.
     * @return the node.
     */
    public Node analyze(final Datum datum, final Scope scope) {
        if (datum instanceof IntDatum) {
            return new IntNode(((IntDatum) datum).value(), datum.line());
        }
        if (datum instanceof SymbolDatum) {
            return readVariable((SymbolDatum) datum, scope);
        }
        final List<Datum> items = ((ListDatum) datum).items();
        if (items.isEmpty()) {
            return new ConstantNode(Values.NONE, datum.line());
        }
        if (!(items.get(0) instanceof SymbolDatum)) {
            return ErrorNode.notASymbol(items.get(0).typeName(), datum.line());
        }
        final Form form = new Form((ListDatum) datum);
        final Node node = analyzeForm(form, scope);
        return located != null && located.test(form.name()) ? new LocatedNode(node, datum.location()) : node;
    }

    /**
     * Makes nodes of expressions.
     *
     * @param data  the expressions.
     * @param scope around them.
     * @return the nodes.
     */
    public List<Node> analyzeAll(final List<Datum> data, final Scope scope) {
        final List<Node> nodes = new ArrayList<>(data.size());
        for (final Datum datum : data) {
            nodes.add(analyze(datum, scope));
        }
        return nodes;
    }

    private Node analyzeForm(final Form form, final Scope scope) {
        final BuiltinForm builtin = builtins.get(form.name());
        if (builtin == null) {
            return analyzeCall(form, scope);
        }
        if (hidden.contains(form.name())) {
            return new HideableNode(callee(form.name(), scope), () -> analyzeCall(form, scope),
                () -> builtin.analyze(form, scope, this), form.line());
        }
        return builtin.analyze(form, scope, this);
    }

    private Node analyzeCall(final Form form, final Scope scope) {
        final Node[] arguments = analyzeAll(form.arguments(), scope).toArray(new Node[0]);
        return new CallNode(callee(form.name(), scope), arguments, form.line());
    }

    /**
     * The user function that a name stands for.
     *
     * @param name  of the function.
     * @param scope where it is used.
     * @return the callee.
     */
    public Callee callee(final String name, final Scope scope) {
        return new Callee(name, symbols.ref(name) + shapes.symbolFunction.offset(), scope, functions);
    }

    /**
     * Is it the name of a builtin?
     *
     * @param name of a function.
     * @return true for a builtin.
     */
    public boolean isBuiltin(final String name) {
        return builtins.containsKey(name);
    }

    /**
     * Compiles loops that are hot.
     *
     * @return null when nothing is compiled.
     */
    public HotCodes hotCodes() {
        return functions.hotCodes();
    }

    private Node readVariable(final SymbolDatum symbol, final Scope scope) {
        final Node global = new GlobalNodes.Read(valueRef(symbol), symbol.name(), symbol.line());
        final Integer slot = scope.variableSlot(symbol.name());
        return slot == null ? global : new LocalNodes.Read(slot, global);
    }

    private long valueRef(final SymbolDatum symbol) {
        return symbols.ref(symbol.name()) + shapes.symbolValue.offset();
    }

    /**
     * Binds a variable in the current frame.
     *
     * @param symbol     the variable.
     * @param expression whose value it gets.
     * @param scope      of the frame.
     * @return the node.
     */
    public Node writeVariable(final SymbolDatum symbol, final Node expression, final Scope scope) {
        final Integer slot = scope.variableSlot(symbol.name());
        return slot == null
            ? new GlobalNodes.Write(symbols.ref(symbol.name()), expression, symbol.line())
            : new LocalNodes.Write(slot, expression, symbol.line());
    }

    /**
     * Tests whether a variable has a value.
     *
     * @param symbol the variable.
     * @param scope  of the frame.
     * @return the node.
     */
    public Node isDefined(final SymbolDatum symbol, final Scope scope) {
        final Node global = new GlobalNodes.IsDefined(valueRef(symbol), symbol.line());
        final Integer slot = scope.variableSlot(symbol.name());
        return slot == null ? global : new LocalNodes.IsDefined(slot, global);
    }

    /**
     * Defines a function in the current frame.
     *
     * @param symbol     name of the function.
     * @param parameters its parameters.
     * @param body       its text.
     * @param scope      of the frame.
     * @return the node.
     */
    public Node defineFunction(
            final SymbolDatum symbol, final List<Datum> parameters, final List<Datum> body, final Scope scope) {
        final FunctionCode code = functions.add(parameters, body, symbol.line());
        final Integer slot = scope.functionSlot(symbol.name());
        if (slot == null) {
            functions.define(symbol.name(), code);
        }
        analyzeBody(code);
        return slot == null
            ? new GlobalNodes.Define(symbols.ref(symbol.name()), code, symbol.line())
            : new LocalNodes.Define(slot, code, symbol.line());
    }

    /**
     * The value of a quoted datum.
     *
     * @param datum an argument of {@code quote}.
     * @return its value.
     */
    public long quotedValue(final Datum datum) {
        return constants.valueOf(datum);
    }

    private void analyzeBody(final FunctionCode code) {
        for (final Datum parameter : code.parameters()) {
            if (!(parameter instanceof SymbolDatum)) {
                code.body(ErrorNode.notASymbol(parameter.typeName(), code.line()), code.parameterCount(), 1);
                return;
            }
        }
        final Scope scope = Scope.ofFunction(code.parameters(), code.text(), hidden);
        final int height = code.text().stream().mapToInt(Datum::height).max().orElse(0);
        code.body(SequenceNode.of(analyzeAll(code.text(), scope), code.line()), scope.length(), stackUnits(height));
    }

    private int stackUnits(final int height) {
        return height * (located == null ? UNITS_PER_LEVEL : UNITS_PER_LEVEL + 1) + UNITS_PER_CALL;
    }
}
