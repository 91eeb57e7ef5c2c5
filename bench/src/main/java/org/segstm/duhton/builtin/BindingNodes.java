package org.segstm.duhton.builtin;

import java.util.ArrayList;
import java.util.List;
import org.segstm.duhton.interp.Analyzer;
import org.segstm.duhton.interp.ConstantNode;
import org.segstm.duhton.interp.ErrorNode;
import org.segstm.duhton.interp.Form;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Scope;
import org.segstm.duhton.interp.SequenceNode;
import org.segstm.duhton.reader.Datum;
import org.segstm.duhton.reader.ListDatum;
import org.segstm.duhton.reader.SymbolDatum;

/** {@code setq defun defined? quote}: forms about names and text, made of the interpreter's own nodes. */
final class BindingNodes {
    private BindingNodes() {
    }

    static Node setq(final Form form, final Scope scope, final Analyzer analyzer) {
        final List<Node> bindings = new ArrayList<>();
        for (int i = 0; i + 1 < form.count(); i += 2) {
            bindings.add(binding(form.argument(i), analyzer.analyze(form.argument(i + 1), scope), scope, analyzer));
        }
        if (form.count() % 2 != 0) {
            bindings.add(new ErrorNode("setq: number of arguments is odd", form.line()));
        }
        return SequenceNode.of(bindings, form.line());
    }

    private static Node binding(
            final Datum name, final Node expression, final Scope scope, final Analyzer analyzer) {
        return name instanceof SymbolDatum
            ? analyzer.writeVariable((SymbolDatum) name, expression, scope)
            : SequenceNode.of(
                List.of(expression, ErrorNode.notASymbol(name.typeName(), name.line())), name.line());
    }

    static Node defun(final Form form, final Scope scope, final Analyzer analyzer) {
        if (form.count() < 2) {
            return form.wrongArguments("at least two arguments");
        }
        if (!(form.argument(0) instanceof SymbolDatum)) {
            return ErrorNode.notASymbol(form.argument(0).typeName(), form.line());
        }
        final Datum parameters = form.argument(1);
        return analyzer.defineFunction((SymbolDatum) form.argument(0),
            parameters instanceof ListDatum ? ((ListDatum) parameters).items() : List.of(), form.argumentsFrom(2),
            scope);
    }

    static Node isDefined(final Form form, final Scope scope, final Analyzer analyzer) {
        if (form.count() != 1) {
            return form.wrongArguments("one argument");
        }
        return form.argument(0) instanceof SymbolDatum
            ? analyzer.isDefined((SymbolDatum) form.argument(0), scope)
            : ErrorNode.notASymbol(form.argument(0).typeName(), form.line());
    }

    static Node quote(final Form form, final Scope scope, final Analyzer analyzer) {
        return form.count() == 1
            ? new ConstantNode(analyzer.quotedValue(form.argument(0)), form.line())
            : form.wrongArguments("one argument");
    }
}
