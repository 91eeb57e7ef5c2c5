package org.segstm.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@code --quick} makes of an option that is not given. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Quick {
    /**
     * The value.
     *
     * @return as one types it.
     */
    String value();
}
