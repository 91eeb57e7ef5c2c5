package org.segstm.duhton.compile;

import java.util.List;
import org.segstm.duhton.compile.ir.Block;
import org.segstm.duhton.compile.ir.Code;
import org.segstm.duhton.compile.ir.Exit;
import org.segstm.duhton.compile.ir.Opcode;
import org.segstm.duhton.compile.ir.ValueType;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.TargetNode;
import org.segstm.duhton.value.Lists;
import org.segstm.duhton.value.Shapes;
import org.segstm.duhton.value.Values;
import org.segstm.heap.layout.ObjectLayout;

/**
 * Makes intermediate code of what works on lists, pairs and containers. What is an error, or rare, is left to the node
 * or to {@link org.segstm.duhton.value.Lists}.
 */
final class HeapForms {
    private final Builder builder;
    private final Lowering lowering;
    private final Shapes shapes;
    private final boolean inlined;

    HeapForms(final Builder builder, final Lowering lowering, final boolean inlined) {
        this.inlined = inlined;
        this.builder = builder;
        this.lowering = lowering;
        this.shapes = builder.shapes();
    }

    int value(final TargetNode node, final Outline outline) {
        final Node operand = outline.parts().get(2);
        final int target = lowering.asValue(outline.parts().get(0));
        if (!inlined) {
            final int result = apply(node, target, outline.parts());
            final boolean isInt = outline.kind() == Outline.Kind.LENGTH || outline.kind() == Outline.Kind.IS_PAIR;
            return isInt ? builder.emit(ValueType.INT, Opcode.INT_OF, null, 0, result) : result;
        }
        switch (outline.kind()) {
            case FIRST:
            case SECOND:
                guard(node, target, shapes.cons);
                return builder.loadField(outline.kind() == Outline.Kind.FIRST ? shapes.car : shapes.cdr, target);
            case PAIR:
                return pair(lowering.keep(target, operand), operand);
            case IS_PAIR:
                return builder.compute(ValueType.INT, Opcode.IS_TYPE, shapes.cons, 0, target);
            case CONTAINER:
                return container(target);
            case GET_CONTENT:
                guard(node, target, shapes.container);
                return builder.loadField(shapes.content, target);
            case SET_CONTENT:
                guard(node, target, shapes.container);
                return setContent(lowering.keep(target, operand), operand);
            case GET_ELEMENT:
                guard(node, target, shapes.list);
                return getElement(node, lowering.keep(target, outline.parts().get(1)), outline.parts().get(1));
            case SET_ELEMENT:
                guard(node, target, shapes.list);
                return setElement(node, lowering.keep(target, outline.parts().get(1), operand), outline.parts());
            case APPEND:
                return append(node, lowering.keep(target, operand), operand);
            case REMOVE_LAST:
                guard(node, target, shapes.list);
                return removeLast(node, target);
            case LENGTH:
                guard(node, target, shapes.list);
                return builder.compute(ValueType.INT, Opcode.LOW_HALF, null, 0, extent(target));
            default:
                return apply(node, target, outline.parts());
        }
    }

    private void guard(final TargetNode node, final int target, final ObjectLayout layout) {
        builder.guardType(target, new Exit(node, node.isChecked(), target, Code.NO_VALUE, layout));
    }

    private int extent(final int list) {
        return builder.loadField(shapes.listExtent, list);
    }

    private int pair(final int first, final Node operand) {
        final int second = lowering.asValue(operand);
        final int ref = builder.allocate(shapes.cons, 0);
        builder.storeField(shapes.car, ref, first);
        builder.storeField(shapes.cdr, ref, second);
        return ref;
    }

    private int container(final int content) {
        final int ref = builder.allocate(shapes.container, 0);
        builder.storeField(shapes.content, ref, content);
        return ref;
    }

    private int setContent(final int container, final Node operand) {
        builder.storeField(shapes.content, container, lowering.asValue(operand));
        return builder.none();
    }

    int list(final List<Node> elements) {
        final int[] values = new int[elements.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = lowering.keep(lowering.asValue(elements.get(i)),
                elements.subList(i + 1, values.length).toArray(new Node[0]));
        }
        final boolean fits = values.length <= shapes.mostOwnItems;
        final int list = builder.allocate(shapes.list, fits ? values.length : 0);
        if (values.length != 0) {
            final int items = fits ? list : builder.allocate(shapes.array, values.length);
            final int first = fits ? shapes.ownItems : 0;
            for (int i = 0; i < values.length; i++) {
                builder.emit(Opcode.STORE_KNOWN_ITEM, null, first + i, items, values[i]);
            }
            builder.storeField(shapes.listExtent, list,
                builder.constant(ValueType.RAW, Lists.extent(first, values.length)));
            builder.storeField(shapes.listItems, list, items);
        }
        return list;
    }

    /** Position in the array, of an index that is one of the list's. */
    private int position(final TargetNode node, final int list, final int extent, final int index) {
        final int count = builder.compute(ValueType.INT, Opcode.LOW_HALF, null, 0, extent);
        builder.guardIndex(count, index, new Exit(node, false, list, index, null));
        return builder.compute(ValueType.INT, Opcode.ADD, null, 0, first(extent), index);
    }

    private int first(final int extent) {
        return builder.compute(ValueType.INT, Opcode.HIGH_HALF, null, 0, extent);
    }

    private int getElement(final TargetNode node, final int list, final Node index) {
        final int number = lowering.asInt(index);
        final int position = position(node, list, extent(list), number);
        return builder.loadItem(list, builder.loadField(shapes.listItems, list), position);
    }

    private int setElement(final TargetNode node, final int list, final List<Node> parts) {
        final int index = lowering.keep(lowering.asInt(parts.get(1)), parts.get(2));
        final int element = lowering.asValue(parts.get(2));
        final int position = position(node, list, extent(list), index);
        builder.storeItem(builder.loadField(shapes.listItems, list), position, element);
        return builder.none();
    }

    private int append(final TargetNode node, final int list, final Node operand) {
        final int element = lowering.asValue(operand);
        guard(node, list, shapes.list);
        final int extent = extent(list);
        final int items = builder.loadField(shapes.listItems, list);
        final Block withArray = builder.newBlock();
        final Block withRoom = builder.newBlock();
        final Block rare = builder.newBlock();
        final Block end = builder.newBlock();
        builder.branch(Block.Jump.EQUALS, null, Values.NONE, rare, withArray, items);
        builder.begin(withArray);
        final int position = builder.compute(ValueType.INT, Opcode.ADD, null, 0, first(extent),
            builder.compute(ValueType.INT, Opcode.LOW_HALF, null, 0, extent));
        final int length = builder.emit(ValueType.INT, Opcode.LOAD_LENGTH, null, 0, items);
        builder.branch(Block.Jump.COMPARE, Outline.Kind.LESS, 0, withRoom, rare, position, length);
        builder.begin(withRoom);
        builder.storeItem(items, position, element);
        builder.storeField(shapes.listExtent, list, builder.emit(ValueType.RAW, Opcode.ADD_RAW, null, 1, extent));
        builder.jump(end);
        builder.begin(rare);
        builder.emit(Opcode.APPEND, null, 0, list, element);
        builder.called();
        builder.jump(end);
        builder.begin(end);
        return list;
    }

    private int removeLast(final TargetNode node, final int list) {
        final int extent = extent(list);
        final int last = builder.compute(ValueType.INT, Opcode.SUBTRACT, null, 0,
            builder.compute(ValueType.INT, Opcode.LOW_HALF, null, 0, extent), builder.intConstant(1));
        final int position = position(node, list, extent, last);
        final int items = builder.loadField(shapes.listItems, list);
        final int removed = builder.loadItem(list, items, position);
        builder.storeItem(items, position, builder.none());
        builder.storeField(shapes.listExtent, list, builder.emit(ValueType.RAW, Opcode.ADD_RAW, null, -1, extent));
        return removed;
    }

    /** Does a value count as true? */
    int isTrue(final int value) {
        return builder.layout(value) == shapes.list
            ? builder.compute(ValueType.INT, Opcode.LOW_HALF, null, 0, extent(value))
            : builder.emit(ValueType.INT, Opcode.IS_TRUE, null, 0, value);
    }

    private int apply(final TargetNode node, final int evaluated, final List<Node> parts) {
        if (node.isChecked()) {
            builder.emit(Opcode.CHECK, node, 0, evaluated);
        }
        final int target = lowering.keep(evaluated, parts.get(1), parts.get(2));
        final int index = parts.get(1) == null ? Code.NO_VALUE
            : lowering.keep(lowering.asInt(parts.get(1)), parts.get(2));
        final int content = parts.get(2) == null ? Code.NO_VALUE : lowering.asValue(parts.get(2));
        final int result = builder.emit(ValueType.VALUE, Opcode.APPLY, node, 0, target, index, content);
        builder.called();
        return result;
    }
}
