package io.sichter;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noConstructors;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.sichter.error.RunInterruptedException;
import io.sichter.error.SichterException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.OutputArchive;
import org.jspecify.annotations.NullMarked;

/** Holds the table of packages in ARCHITECTURE.md: each imports only those above it. */
@AnalyzeClasses(packages = "io.sichter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Top to bottom: a package may use those before it in this list. */
    private static final List<String> ORDER = List.of(
            "text",
            "error",
            "random",
            "registry",
            "storage",
            "config",
            "event",
            "image",
            "dataset",
            "published",
            "tensor",
            "transform",
            "statistics",
            "loader",
            "nn",
            "model",
            "loss",
            "optim",
            "schedule",
            "metric",
            "run",
            "train",
            "evaluate",
            "search",
            "report");

    private static final String[] WITHOUT_LIBTORCH = {
        "..text..",
        "..error..",
        "..random..",
        "..registry..",
        "..storage..",
        "..config..",
        "..event..",
        "..image..",
        "..dataset..",
        "..published..",
        "..metric..",
        "..schedule..",
        "..run..",
        "..report.."
    };

    @ArchTest
    static void eachPackageUsesOnlyThoseAboveIt(JavaClasses classes) {
        List<String> allowed = new ArrayList<>();
        for (String name : ORDER) {
            allowed.add("io.sichter." + name);
            ArchRule rule = noClasses()
                    .that()
                    .resideInAPackage("io.sichter." + name)
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.sichter..")
                            .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                    .because("data flows one way: " + ORDER)
                    .allowEmptyShould(true);
            rule.check(classes);
        }
    }

    @ArchTest
    static void everyPackageIsInTheTable(JavaClasses classes) {
        classes()
                .should()
                .resideInAnyPackage(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("io.sichter"),
                                ORDER.stream().map(n -> "io.sichter." + n))
                        .toArray(String[]::new))
                .check(classes);
    }

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.sichter.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule libtorchOnlyFromTensorOn = noClasses()
            .that()
            .resideInAnyPackage(WITHOUT_LIBTORCH)
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.bytedeco.pytorch..", "io.sichter.tensor.."))
            .because("checks, help and reports start fast and run where libtorch does not");

    @ArchTest
    static final ArchRule libtorchNeverWritesFiles = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(OutputArchive.class)
            .because("a full disk would abort the JVM and leave a torn file");

    @ArchTest
    static final ArchRule nothingPrints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule errorsAreMadeOfTheCatalog = noConstructors()
            .that()
            .areDeclaredInClassesThat(
                    assignableTo(SichterException.class).and(not(equivalentTo(RunInterruptedException.class))))
            .should()
            .haveRawParameterTypes(anyElementThat(equivalentTo(String.class)))
            .because("what is said to people stands in messages.properties, once per language");

    @ArchTest
    static final ArchRule noJavaSerialization =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static final ArchRule packagesAreNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
