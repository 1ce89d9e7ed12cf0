package io.cbtguard.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses model = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.cbtguard.model");

    @Test
    void theModelSeesTheJudgementTheFactsAndTheBlocksOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "picocli..",
                        "io.cbtguard.model..",
                        "io.cbtguard.judge..",
                        "io.cbtguard.inventory..",
                        "io.cbtguard.simulator.block..")
                .because("a history is judged as the operator judges, and its truth comes from blocks alone")
                .check(model);
    }
}
