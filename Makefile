# Everything is built by Maven; these are the short names.

MVN     ?= mvn
QUIETLY := -B -Dstyle.color=never --no-transfer-progress -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
# Surefire's summary lines, however quiet the rest is.
SUMMARY := -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info
MODULES := native-bridge segment-heap gc jit-hooks bench
JAR     := bench/target/segstm.jar
# With the log of the checkout, as the jar says which commit it was built from.
SOURCES := pom.xml $(MODULES:%=%/pom.xml) \
           $(shell find $(MODULES:%=%/src/main) -type f 2>/dev/null) \
           $(wildcard $(shell git rev-parse --git-path logs/HEAD 2>/dev/null))
CORES   := $(shell nproc)
SOAK_SECONDS ?= 600
ISOLATION_SECONDS ?= 600
PROGRAM ?= bench/duhton/programs/squares.duh
JMH     ?= -prof gc
JCSTRESS ?= -v -f 1 -fsm 1 -iters 2 -time 500 -sc false -af NONE

.PHONY: help run conflicts test test-quick isolation mutations soak jcstress model jmh package clean

help:
	@echo 'make run         run a Duhton program on all cores (PROGRAM=file for another one)'
	@echo 'make conflicts   find a planted conflict, and what it costs'
	@echo 'make test        all tests and style checks'
	@echo 'make test-quick  the same without the slow tests'
	@echo 'make isolation   check for $(ISOLATION_SECONDS) s per strategy (ISOLATION_SECONDS=n) that transactions are serializable'
	@echo 'make mutations   plant errors in the compiled classes and see that each is found'
	@echo 'make jcstress    races of the protocol in some JVM modes, minutes (JCSTRESS=options of jcstress)'
	@echo 'make model       check the model of the protocol (segment-heap/model), minutes; needs spin and gcc'
	@echo 'make soak        let programs allocate for $(SOAK_SECONDS) s (SOAK_SECONDS=n) and see that no memory grows'
	@echo 'make jmh         all JMH benchmarks, an hour (JMH=options of JMH, like JMH="Read -f 2")'
	@echo 'make package     $(JAR), without tests'
	@echo 'make clean       remove what was built'

run: $(JAR)
	bench/bin/duhton --num-threads $(CORES) --stats $(PROGRAM)

conflicts: $(JAR)
	bench/bin/duhton --num-threads $(CORES) --conflicts --event-log bench/target/planted.log bench/duhton/conflicts/planted.duh
	bench/bin/duhton --num-threads $(CORES) --conflicts --event-log bench/target/fixed.log bench/duhton/conflicts/fixed.duh
	bench/bin/segstm report bench/target/fixed.log --before bench/target/planted.log --html bench/target/fixed.html

test:
	@$(MVN) $(QUIETLY) $(SUMMARY) verify

test-quick:
	@$(MVN) $(QUIETLY) $(SUMMARY) -Dquick=true verify

isolation: $(JAR)
	bench/bin/segstm isolation --seconds $(ISOLATION_SECONDS)

mutations:
	@$(MVN) $(QUIETLY) $(SUMMARY) verify -pl bench -am -Dtest=MutationTest -Dsurefire.failIfNoSpecifiedTests=false

soak: $(JAR)
	bench/bin/segstm soak --seconds $(SOAK_SECONDS)

jcstress:
	@$(MVN) $(QUIETLY) $(SUMMARY) verify -pl gc -am -Dtest=StressOutcomesTest \
	    -Dsurefire.failIfNoSpecifiedTests=false '-Dsegstm.jcstress=$(JCSTRESS)'
	@sed -n '/^RUN RESULTS/,$$p' gc/target/jcstress/console.txt

model:
	@segment-heap/model/run.sh segment-heap/target/model

jmh: $(JAR)
	java -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow @config/jvm.flags \
	  -jar bench/target/benchmarks.jar $(JMH)

package: $(JAR)

$(JAR): $(SOURCES)
	@$(MVN) $(QUIETLY) -Dmaven.test.skip=true -Dcheckstyle.skip=true package
	@touch $@

clean:
	@$(MVN) $(QUIETLY) clean
