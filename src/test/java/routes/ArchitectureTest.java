package routes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.camel.BeanInject;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;

/** The direction in which the packages know one another. */
@AnalyzeClasses(packages = "routes", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("route files")
            .definedBy("routes")
            .layer("console")
            .definedBy("routes.console")
            .layer("inbox")
            .definedBy("routes.inbox")
            .layer("delivery")
            .definedBy("routes.delivery")
            .layer("registry")
            .definedBy("routes.registry")
            .layer("store")
            .definedBy("routes.store")
            .layer("auth")
            .definedBy("routes.auth")
            .layer("http")
            .definedBy("routes.http")
            .layer("sealing")
            .definedBy("routes.sealing")
            .layer("telemetry")
            .definedBy("routes.telemetry")
            .layer("config")
            .definedBy("routes.config")
            .whereLayer("route files")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("console")
            .mayOnlyBeAccessedByLayers("route files")
            .whereLayer("console")
            .mayOnlyAccessLayers("auth", "http", "config")
            .whereLayer("inbox")
            .mayOnlyBeAccessedByLayers("route files")
            .whereLayer("delivery")
            .mayOnlyBeAccessedByLayers("route files", "inbox")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("route files", "inbox", "delivery")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("inbox", "delivery", "registry")
            .whereLayer("auth")
            .mayOnlyBeAccessedByLayers("console", "inbox", "store", "registry")
            .whereLayer("http")
            .mayOnlyAccessLayers("telemetry", "config")
            .whereLayer("telemetry")
            .mayOnlyAccessLayers("config")
            .whereLayer("sealing")
            .mayOnlyAccessLayers("config")
            .whereLayer("config")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule ONLY_ROUTES_IN_THE_ROUTES_FOLDER = classes()
            .that()
            .resideInAPackage("routes")
            .and()
            .areTopLevelClasses()
            .should()
            .beAssignableTo(RouteBuilder.class)
            .orShould()
            .beAssignableTo(RouteConfigurationBuilder.class);

    /** Routes name their helpers by registry name, so that they reload in dev mode and can be replaced in tests. */
    @ArchTest
    static final ArchRule ROUTES_CALL_HELPERS_BY_NAME = noClasses()
            .that()
            .resideInAPackage("routes")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("routes.*");

    /** The camel CLI binds the beans in no order: a bean asks for another when it starts, see ContextService. */
    @ArchTest
    static final ArchRule NO_BEAN_IS_INJECTED = noFields().should().beAnnotatedWith(BeanInject.class);

    /** The camel CLI makes one of every class that can be made without arguments, and fails where it may not. */
    @ArchTest
    static final ArchRule WHAT_CAN_BE_MADE_WITHOUT_ARGUMENTS_IS_PUBLIC = constructors()
            .that()
            .haveRawParameterTypes(new Class<?>[0])
            .and()
            .areDeclaredInClassesThat()
            .areTopLevelClasses()
            .and()
            .areDeclaredInClassesThat()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .should()
            .bePublic()
            .orShould()
            .bePrivate();

    @ArchTest
    static final ArchRule NOBODY_PRINTS =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");
}
