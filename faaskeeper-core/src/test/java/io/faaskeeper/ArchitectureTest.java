package io.faaskeeper;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.Executors;

/** The arrows between the packages of this module, and what none of them does by itself. */
@AnalyzeClasses(packages = "io.faaskeeper", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule DEPENDENCIES_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("model")
          .definedBy("io.faaskeeper.model..")
          .layer("processor")
          .definedBy("io.faaskeeper.processor..")
          .layer("port")
          .definedBy("io.faaskeeper.port..")
          .layer("service")
          .definedBy("io.faaskeeper.service..")
          .layer("client")
          .definedBy("io.faaskeeper.client..")
          .layer("memory")
          .definedBy("io.faaskeeper.memory..")
          .layer("aws")
          .definedBy("io.faaskeeper.aws..")
          .layer("deployment")
          .definedBy("io.faaskeeper.deployment..")
          .whereLayer("model")
          .mayNotAccessAnyLayer()
          .whereLayer("processor")
          .mayOnlyAccessLayers("model")
          .whereLayer("port")
          .mayOnlyAccessLayers("model")
          .whereLayer("service")
          .mayOnlyAccessLayers("model", "processor", "port")
          .whereLayer("client")
          .mayOnlyAccessLayers("model", "processor", "port")
          .whereLayer("memory")
          .mayOnlyAccessLayers("model", "port")
          .whereLayer("aws")
          .mayOnlyAccessLayers("model", "port")
          .whereLayer("deployment")
          .mayNotBeAccessedByAnyLayer();

  /**
   * It keeps read permissions, and shows the owner in a Stat, by the same rules as the writer's
   * answers; what a write does is not its business.
   */
  @ArchTest
  static final ArchRule THE_CLIENT_KNOWS_TWO_RULES_OF_THE_PROCESSOR =
      noClasses()
          .that()
          .resideInAPackage("io.faaskeeper.client..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.faaskeeper.processor..")
                  .and(not(simpleName("AclRules")))
                  .and(not(simpleName("EphemeralOwner"))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule TIME_AND_THREADS_ARE_PASSED_IN =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.faaskeeper.model..",
              "io.faaskeeper.processor..",
              "io.faaskeeper.service..",
              "io.faaskeeper.client..",
              "io.faaskeeper.memory..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethodWhere(target(owner(equivalentTo(Executors.class))))
          .orShould()
          .callConstructorWhere(target(owner(assignableTo(Thread.class))));

  @ArchTest
  static final ArchRule THE_CLOUD_STAYS_IN_ITS_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.faaskeeper.aws..", "io.faaskeeper.deployment..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");
}
