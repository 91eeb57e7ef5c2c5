package org.segstm.bench.mutation;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.segstm.bench.isolation.workload.Scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Errors that are planted in the compiled classes to see that they are found. The classes that are shipped know nothing
 * of this.
 */
enum Mutation {
    SKIP_VALIDATION_OF_ONE_ENTRY("heap/tx/Importer", "importEntries", Edit.filter("conflicts", "sometimesFalse")),
    SKIP_READ_MARK("heap/TransactionalMutator", "mark", Edit.drop("putByte")),
    SKIP_READ_MARK_OF_WRITE("heap/segment/Segment", "writeSimple", Edit.drop("mark")),
    SKIP_READ_MARK_OF_CARD_WRITE("heap/segment/Segment", "writeOneOfManyCards", Edit.drop("mark")),
    PUBLISH_BEFORE_REDO_COPY("heap/tx/Transactions", "publish",
        Edit.redirect("compareAndSetLong", "publishBeforeRecords")),
    IMPORT_HALF_AN_OBJECT("heap/tx/Importer", "apply", Edit.redirect("maskOf", "halfMask")),
    IMPORT_HALF_A_FRESH_OBJECT("heap/tx/Importer", "applyFresh", Edit.redirect("copyWords", "halfCopy")),
    LOSE_PRIVATE_PAGE_ANNOUNCEMENT("heap/tx/EntryBuilder", "isPrivateElsewhere",
        Edit.redirect("holders", "sometimesNoHolders")),
    ANNOUNCE_PRIVATE_PAGE_LATE("heap/sharing/Privatizer", "privatizeRun",
        Edit.redirect("announce", "announceLater"), Edit.redirect("privatize", "privatizeThenAnnounce")),
    FORGET_FRESH_OBJECT_IN_OWN_PRIVATE_PAGE("heap/tx/EntryBuilder", "completeFreshObjects",
        Edit.filter("isPrivate", "sometimesFalse")),
    FORGET_FRESH_OBJECT_IN_PAGE_PRIVATE_ELSEWHERE("heap/tx/EntryBuilder", "chooseTravelling",
        Edit.filter("isPrivateElsewhere", "sometimesFalse")),
    DECIDE_TWICE_WHICH_FRESH_OBJECTS_TRAVEL("heap/tx/EntryBuilder", "appendTravelling",
        Edit.callFirst("org/segstm/heap/tx/EntryBuilder", "chooseTravelling",
            "(Lorg/segstm/heap/segment/Segment;)J", "linger")),
    REUSE_LOG_ENTRY_TOO_EARLY("heap/log/LogMemory", "reclaim", Edit.redirect("minimumRevision", "oneRevisionTooFar")),
    PUBLISH_VIEW_REVISION_BEFORE_APPLYING("heap/tx/Importer", "importEntries",
        Edit.first("org/segstm/heap/tx/Importer", "log", "Lorg/segstm/heap/log/CommitLog;",
            "Lorg/segstm/heap/segment/Segment;", "publishNewest")) {
        @Override
        boolean isWorthTrying(final Scenario scenario) {
            return scenario.threads() > 4 && scenario.segments() > 2 && scenario.logBytes() <= 32 << 10
                && scenario.writePercent() >= 25 && scenario.disturbEvery() >= 500 && !scenario.verify();
        }
    },
    FREE_OVERFLOW_OBJECT_TWICE("gc/minor/MinorCollector", "freeAll", Edit.redirect("free", "freeTwice")),
    SKIP_ONE_ROOT_OF_MINOR_COLLECTION("gc/minor/MinorCollector", "scanRoots",
        Edit.redirect("watermark", "withoutFirstRoot")),
    SKIP_ONE_ROOT_OF_MAJOR_COLLECTION("heap/segment/ShadowStack", "visitRoots", Edit.constant(0, 1)),
    RESET_MARKERS_AT_WRONG_VERSION("heap/segment/ReadMarkers", "nextVersion", Edit.constant(255, 400)),
    LEAVE_SOLO_MODE_WITHOUT_RESHARE("heap/SegmentHeap", "attach",
        Edit.fromField("reshareStopped", "org/segstm/heap/SegmentHeap", "log", "Lorg/segstm/heap/log/CommitLog;",
            "revisionOfAnchor")),
    COMMIT_ALONE_WHEN_OTHERS_FOLLOW("heap/tx/Transactions", "commit", Edit.filter("isAlone", "sometimesTrue")),
    BEGIN_ON_AN_OLD_STATE("heap/TransactionAccess", "enter", Edit.drop("refresh")),
    FORGET_A_WORD_IN_ROLLBACK("heap/tx/WriteSet", "putBackSlice",
        Edit.redirect("firstDataWord", "firstDataWordButOne")),
    LEAVE_LOG_OPEN_TO_OTHERS_WHEN_INEVITABLE("heap/tx/Transactions", "closeLog",
        Edit.redirect("compareAndSetLong", "leaveOpen")),
    RESHARE_OVER_FRESH_OBJECTS("heap/world/Reshare", "updateBase", Edit.drop("rescueFreshObjects")) {
        @Override
        boolean isWorthTrying(final Scenario scenario) {
            return scenario.threads() > 2 && scenario.disturbEvery() <= 20 && scenario.writePercent() >= 25
                && scenario.longPerMille() >= 20;
        }
    },
    RESHARE_UNCOMMITTED_WORDS("heap/world/Reshare", "updateBase", Edit.drop("takeBackUncommitted"));

    private final String className;
    private final String methodName;
    private final List<Edit> edits;

    Mutation(final String className, final String methodName, final Edit... edits) {
        this.className = "org/segstm/" + className + ".class";
        this.methodName = methodName;
        this.edits = List.of(edits);
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Does a scenario do what the mutation needs to be noticed soon? */
    boolean isWorthTrying(final Scenario scenario) {
        return true;
    }

    /** Writes the mutated class below a folder, which is to come first on a class path. */
    void write(final Path folder) throws IOException {
        final ClassNode node = new ClassNode();
        try (InputStream in = Mutation.class.getClassLoader().getResourceAsStream(className)) {
            if (in == null) {
                throw new IllegalStateException("no class " + className);
            }
            new ClassReader(in).accept(node, 0);
        }
        final List<MethodNode> methods = node.methods.stream()
            .filter(m -> m.name.equals(methodName) || (m.name + m.desc).equals(methodName)).toList();
        if (methods.size() != 1) {
            throw new IllegalStateException("one method " + methodName + " was expected in " + className + ", found "
                + methods.size());
        }
        for (final Edit edit : edits) {
            edit.apply(methods.get(0));
        }
        final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        final Path file = folder.resolve(className);
        Files.createDirectories(file.getParent());
        Files.write(file, writer.toByteArray());
    }
}
