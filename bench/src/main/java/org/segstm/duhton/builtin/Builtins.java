package org.segstm.duhton.builtin;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.segstm.duhton.interp.BuiltinForm;

/** The table of the built-in forms. */
public final class Builtins {
    /** Those that test a condition too: whether a list is empty shows in the heap. */
    private static final Set<String> ACCESSING = Set.of(
        "get", "set", "append", "pop", "len", "car", "cdr", "if", "while", "not", "||", "&&", "print", "assert");

    private Builtins() {
    }

    /**
     * All built-in forms.
     *
     * @return the forms by name.
     */
    public static Map<String, BuiltinForm> table() {
        final Map<String, BuiltinForm> table = new HashMap<>();
        table.put("progn", ControlNodes::progn);
        table.put("if", ControlNodes::ifElse);
        table.put("while", ControlNodes::whileTrue);
        table.put("setq", BindingNodes::setq);
        table.put("defun", BindingNodes::defun);
        table.put("defined?", BindingNodes::isDefined);
        table.put("quote", BindingNodes::quote);
        addIntForms(table);
        addFloatForms(table);
        table.put("||", LogicNodes::or);
        table.put("&&", LogicNodes::and);
        table.put("not", LogicNodes::not);
        table.put("cons", PairNodes::cons);
        table.put("car", PairNodes::car);
        table.put("cdr", PairNodes::cdr);
        table.put("pair?", PairNodes::isPair);
        table.put("list", ListNodes::list);
        table.put("append", ListNodes::append);
        table.put("pop", ListNodes::pop);
        table.put("len", ListNodes::length);
        table.put("container", CellNodes::container);
        table.put("get", CellNodes::get);
        table.put("set", CellNodes::set);
        table.put("print", PrintNodes::print);
        table.put("assert", PrintNodes::assertTrue);
        table.put("type", SystemNodes::type);
        table.put("sleepms", SystemNodes::sleep);
        table.put("time", SystemNodes::time);
        table.put("transaction", TransactionNodes::transaction);
        table.put("run-transactions", TransactionNodes::runTransactions);
        table.put("atomic", TransactionNodes::atomic);
        table.put("hint-commit-soon", TransactionNodes::hintCommitSoon);
        return Map.copyOf(table);
    }

    /**
     * Does a form of that name read or write objects that others may have, itself and not only in its parts?
     *
     * @param name of a form.
     * @return false also for user functions.
     */
    public static boolean accessesHeap(final String name) {
        return ACCESSING.contains(name);
    }

    private static void addIntForms(final Map<String, BuiltinForm> table) {
        table.put("+", ArithmeticNodes.foldFrom(0, ArithmeticNodes.Add::new));
        table.put("*", ArithmeticNodes.foldFrom(1, ArithmeticNodes.Multiply::new));
        table.put("^", ArithmeticNodes.foldFrom(0, ArithmeticNodes.ExclusiveOr::new));
        table.put("-", ArithmeticNodes.fold(ArithmeticNodes.Subtract::new));
        table.put("/", ArithmeticNodes.fold(ArithmeticNodes.Divide::new));
        table.put("%", ArithmeticNodes.fold(ArithmeticNodes.Remainder::new));
        table.put("<<", ArithmeticNodes.fold(ArithmeticNodes.ShiftLeft::new));
        table.put(">>", ArithmeticNodes.fold(ArithmeticNodes.ShiftRight::new));
        table.put("<", ComparisonNodes.form(ComparisonNodes.Less::new));
        table.put("<=", ComparisonNodes.form(ComparisonNodes.LessOrEqual::new));
        table.put("==", ComparisonNodes.form(ComparisonNodes.Equal::new));
        table.put("!=", ComparisonNodes.form(ComparisonNodes.NotEqual::new));
        table.put(">", ComparisonNodes.form(ComparisonNodes.Greater::new));
        table.put(">=", ComparisonNodes.form(ComparisonNodes.GreaterOrEqual::new));
    }

    private static void addFloatForms(final Map<String, BuiltinForm> table) {
        table.put("float", FloatNodes::toFloat);
        table.put("int", FloatNodes::toInt);
        table.put("sqrt", FloatNodes::squareRoot);
        table.put("+.", FloatNodes.fold(0, FloatNodes.Add::new));
        table.put("*.", FloatNodes.fold(1, FloatNodes.Multiply::new));
        table.put("-.", FloatNodes.fold(0, FloatNodes.Subtract::new));
        table.put("/.", FloatNodes.fold(0, FloatNodes.Divide::new));
        table.put("<.", FloatComparison.form(FloatComparison.Kind.LESS));
        table.put("<=.", FloatComparison.form(FloatComparison.Kind.LESS_OR_EQUAL));
        table.put("==.", FloatComparison.form(FloatComparison.Kind.EQUAL));
        table.put("!=.", FloatComparison.form(FloatComparison.Kind.NOT_EQUAL));
        table.put(">.", FloatComparison.form(FloatComparison.Kind.GREATER));
        table.put(">=.", FloatComparison.form(FloatComparison.Kind.GREATER_OR_EQUAL));
    }
}
