package org.segstm.duhton.interp;

/** A built-in form: makes nodes of its uses. */
@FunctionalInterface
public interface BuiltinForm {
    /**
     * Makes the node of a use. A wrong use is an error when it is evaluated, not before.
     *
     * @param form     that uses it.
     * @param scope    of the form.
     * @param analyzer for the arguments.
     * @return the node.
     */
    Node analyze(Form form, Scope scope, Analyzer analyzer);
}
