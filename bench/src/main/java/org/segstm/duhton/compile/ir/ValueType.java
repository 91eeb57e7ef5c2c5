package org.segstm.duhton.compile.ir;

/** What a value of intermediate code is. */
public enum ValueType {
    /** A number of 32 bits: an int of the program, a condition, an index. */
    INT,
    /** 64 bits that are no value of the program. */
    RAW,
    /** A floating-point number. */
    DOUBLE,
    /** A value of the program as {@link org.segstm.duhton.value.Values} has it: it may be a ref, and moves. */
    VALUE
}
