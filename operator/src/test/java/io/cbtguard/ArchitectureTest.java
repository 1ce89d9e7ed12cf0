package io.cbtguard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room sees which, and why. */
@AnalyzeClasses(packages = "io.cbtguard", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JDK = "java..";
    private static final String NULLNESS = "org.jspecify.annotations..";

    @ArchTest
    static final ArchRule INVENTORY_SEES_THE_JDK = classes()
            .that()
            .resideInAPackage("io.cbtguard.inventory..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(JDK, NULLNESS, "io.cbtguard.inventory.."))
            .because("facts are values: they are made, kept, replayed and compared without a vCenter or a cluster");

    @ArchTest
    static final ArchRule JUDGE_SEES_THE_JDK_AND_INVENTORY = classes()
            .that()
            .resideInAPackage("io.cbtguard.judge..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(JDK, NULLNESS, "io.cbtguard.judge..", "io.cbtguard.inventory.."))
            .because("a verdict follows from its facts alone, so that it can be proven, explained and given again");

    @ArchTest
    static final ArchRule JUDGE_HAS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("io.cbtguard.judge..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .because("the same facts give the same verdict, today and in a replay");

    @ArchTest
    static final ArchRule ONLY_VSPHERE_SEES_VIM = noClasses()
            .that(resideOutsideOfPackages("io.cbtguard.vsphere..", "io.cbtguard.simulator..", "io.cbtguard.testkit.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.vmware.vim25..")
            .because("decisions run on the bare JDK, and the client can be replaced in one place");

    @ArchTest
    static final ArchRule VSPHERE_SEES_NO_KUBERNETES = noClasses()
            .that()
            .resideInAPackage("io.cbtguard.vsphere..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.fabric8..",
                    "io.javaoperatorsdk..",
                    "io.cbtguard.api..",
                    "io.cbtguard.judge..",
                    "io.cbtguard.record..",
                    "io.cbtguard.reconcile.."))
            .because("what a vCenter shows is a matter of vCenter; it judges nothing and knows nobody who asks");

    @ArchTest
    static final ArchRule THE_MODEL_SEES_NOTHING_OF_OURS = classes()
            .that()
            .resideInAPackage("io.cbtguard.api..")
            .should()
            .onlyDependOnClassesThat(
                    resideOutsideOfPackages("io.cbtguard..").or(resideInAnyPackage("io.cbtguard.api..")))
            .because("others use the model without the operator, on an older Java");

    @ArchTest
    static final ArchRule THE_SIMULATOR_SHARES_NO_CODE = noClasses()
            .that()
            .resideInAPackage("io.cbtguard.simulator..")
            .should()
            .dependOnClassesThat(ofTheOperator())
            .because("a wrong idea in one must not be repeated in the other");

    @ArchTest
    static final ArchRule THE_RECORD_ROOM_WATCHES_AND_RECONCILES_NOTHING = noClasses()
            .that()
            .resideInAPackage("io.cbtguard.record..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.cbtguard.vsphere..", "io.cbtguard.reconcile..", "io.javaoperatorsdk.."))
            .because("it is the one writer of records, whoever has them written");

    @ArchTest
    static final ArchRule EXPLANATIONS_SEE_THE_JUDGE_ONLY = classes()
            .that()
            .resideInAPackage("io.cbtguard.explain..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    JDK, NULLNESS, "io.cbtguard.explain..", "io.cbtguard.judge..", "io.cbtguard.inventory.."))
            .because("what would follow is told by the judge that decides, and asking can write nothing");

    @ArchTest
    static final ArchRule THE_PAGE_SHOWS_EXPLANATIONS = noClasses()
            .that()
            .resideInAPackage("io.cbtguard.page..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.cbtguard.reconcile..",
                    "io.cbtguard.record..",
                    "io.cbtguard.vsphere..",
                    "io.cbtguard.api..",
                    "io.fabric8..",
                    "io.javaoperatorsdk.."))
            .because("whoever reads the page can change neither cluster nor vCenter");

    @ArchTest
    static final ArchRule METERS_AND_PROBES_STAND_ALONE = noClasses()
            .that()
            .resideInAnyPackage("io.cbtguard.metrics..", "io.cbtguard.http..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.cbtguard.reconcile..", "io.cbtguard.record..", "io.cbtguard.judge..", "io.cbtguard.vsphere.."))
            .because("they show what they are told; nothing is decided by what is counted");

    @ArchTest
    static final ArchRule PREFLIGHT_TAKES_NO_PART = noClasses()
            .that()
            .resideInAPackage("io.cbtguard.preflight..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.cbtguard.record..", "io.cbtguard.judge.."))
            .because("who checks before the start has nothing to judge and nothing to write");

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> ofTheOperator() {
        return resideInAnyPackage(
                "io.cbtguard.inventory..",
                "io.cbtguard.judge..",
                "io.cbtguard.vsphere..",
                "io.cbtguard.record..",
                "io.cbtguard.reconcile..",
                "io.cbtguard.metrics..",
                "io.cbtguard.http..",
                "io.cbtguard.explain..",
                "io.cbtguard.page..",
                "io.cbtguard.preflight..");
    }
}
