package org.segstm.bench.seeds;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/**
 * The Mandelbrot set: a line of the picture is a transaction, threads take lines in turn. The complex number of a point
 * is an object in the heap, and so is the picture: one array, whose lines are apart by cards.
 */
final class MandelbrotSeed extends ParallelSeed {
    private static final int MOST_TURNS = 500;
    private static final int SAFEPOINT_MASK = 63;
    private static final double FAR = 4;
    private static final long FACTOR = 31;
    private final int size;
    private final Field real;
    private final Field imaginary;
    private final ObjectLayout complex;
    private final GlobalRoot picture;

    MandelbrotSeed(final HeapContext context, final Seed.Shape shape, final int threads, final int size) {
        super(context, shape, threads);
        this.size = size;
        final ObjectLayout.Builder builder = ObjectLayout.named("complex");
        real = builder.field("real", FieldType.DOUBLE);
        imaginary = builder.field("imaginary", FieldType.DOUBLE);
        complex = heap.register(builder);
        final ObjectLayout pixels = heap.register(ObjectLayout.named("picture").variableBytes());
        picture = heap.newGlobalRoot("picture");
        try (Mutator mutator = heap.attachMutator("setup")) {
            mutator.atomicallyDo(m -> m.push(m.allocate(pixels, (long) size * size * Integer.BYTES)));
            picture.set(mutator.pop());
        }
    }

    @Override
    void work(final Mutator mutator, final int thread) {
        for (int y = thread; y < size; y += threads) {
            final int line = y;
            mutator.atomicallyDo(m -> draw(m, line));
        }
    }

    private void draw(final Mutator mutator, final int y) {
        for (int x = 0; x < size; x++) {
            if ((x & SAFEPOINT_MASK) == 0) {
                mutator.safepoint();
            }
            final long point = mutator.allocate(complex);
            final int turns = turns(mutator, point, cornerReal(x), cornerImaginary(y));
            mutator.putIntAt(picture.get(), ((long) y * size + x) * Integer.BYTES, turns);
        }
        finish(mutator);
    }

    private int turns(final Mutator mutator, final long point, final double a, final double b) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            final double u = mutator.getDouble(point, real);
            final double v = mutator.getDouble(point, imaginary);
            if (u * u + v * v > FAR) {
                return turn;
            }
            mutator.putDouble(point, real, u * u - v * v + a);
            mutator.putDouble(point, imaginary, 2 * u * v + b);
        }
        return MOST_TURNS;
    }

    private double cornerReal(final int x) {
        return 3.0 * x / size - 2;
    }

    private double cornerImaginary(final int y) {
        return 3.0 * y / size - 1.5;
    }

    @Override
    long result() {
        try (Mutator mutator = heap.attachMutator("check")) {
            return mutator.atomically(m -> {
                long checksum = 0;
                for (long i = 0; i < (long) size * size; i++) {
                    checksum = checksum * FACTOR + m.getIntAt(picture.get(), i * Integer.BYTES);
                }
                return checksum;
            });
        }
    }

    /** The same picture, computed by plain Java. */
    @Override
    long expected() {
        long checksum = 0;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double u = 0;
                double v = 0;
                int turn = 0;
                while (turn < MOST_TURNS && u * u + v * v <= FAR) {
                    final double next = u * u - v * v + cornerReal(x);
                    v = 2 * u * v + cornerImaginary(y);
                    u = next;
                    turn++;
                }
                checksum = checksum * FACTOR + turn;
            }
        }
        return checksum;
    }
}
