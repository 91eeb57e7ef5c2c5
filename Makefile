# Everything is built by Maven; these are the short names.

MVN     ?= mvn
QUIETLY := -B -Dstyle.color=never --no-transfer-progress -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
# Surefire's summary lines, however quiet the rest is.
SUMMARY := -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info
MODULES := native-bridge segment-heap gc jit-hooks bench
JAR     := bench/target/segstm.jar
SOURCES := pom.xml $(MODULES:%=%/pom.xml) \
           $(shell find $(MODULES:%=%/src/main) -type f 2>/dev/null)
CORES   := $(shell nproc)
SOAK_SECONDS ?= 600
ISOLATION_SECONDS ?= 600
PROGRAM ?= bench/duhton/programs/squares.duh

.PHONY: help run test test-quick isolation soak package clean

help:
	@echo 'make run         run a Duhton program on all cores (PROGRAM=file for another one)'
	@echo 'make test        all tests and style checks'
	@echo 'make test-quick  the same without the slow tests'
	@echo 'make isolation   check for $(ISOLATION_SECONDS) s per strategy (ISOLATION_SECONDS=n) that transactions are serializable'
	@echo 'make soak        let programs allocate for $(SOAK_SECONDS) s (SOAK_SECONDS=n) and see that no memory grows'
	@echo 'make package     $(JAR), without tests'
	@echo 'make clean       remove what was built'

run: $(JAR)
	bench/bin/duhton --num-threads $(CORES) --stats $(PROGRAM)

test:
	@$(MVN) $(QUIETLY) $(SUMMARY) verify

test-quick:
	@$(MVN) $(QUIETLY) $(SUMMARY) -Dquick=true verify

isolation: $(JAR)
	bench/bin/segstm isolation --seconds $(ISOLATION_SECONDS)

soak: $(JAR)
	bench/bin/segstm soak --seconds $(SOAK_SECONDS)

package: $(JAR)

$(JAR): $(SOURCES)
	@$(MVN) $(QUIETLY) -Dmaven.test.skip=true -Dcheckstyle.skip=true package
	@touch $@

clean:
	@$(MVN) $(QUIETLY) clean
