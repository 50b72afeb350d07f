"""Which modules are worth an import."""

from samestack.check.imports.plan import Package, packages_to_import
from tests.check import subjects


def planned(name: str, *modules: str) -> tuple[Package, ...]:
    (environment,) = subjects.subject(
        subjects.python(), subjects.package(name, "1.0", {"modules": modules})
    ).pythons
    return packages_to_import(environment)


def test_the_module_that_is_named_as_its_package_goes_first() -> None:
    (package,) = planned("scikit-image", "doctools", "scikit_image")
    assert package.modules == ("scikit_image", "doctools")


def test_private_modules_and_tests_are_left_out() -> None:
    (package,) = planned("cffi", "_cffi_backend", "cffi", "tests", "examples")
    assert package.modules == ("cffi",)


def test_a_package_that_has_only_private_modules_is_known_for_them() -> None:
    (package,) = planned("argon2-cffi-bindings", "_argon2_cffi_bindings", "tests")
    assert package.modules == ("_argon2_cffi_bindings",)


def test_a_package_that_is_called_tests_is_no_accident() -> None:
    (package,) = planned("tests", "tests")
    assert package.modules == ("tests",)


def test_without_modules_there_is_nothing_to_import() -> None:
    assert planned("types-pyyaml") == ()


def test_protobuf_is_known_for_more_than_its_namespace() -> None:
    (package,) = planned("protobuf", "google")
    assert package.modules == ("google.protobuf.descriptor", "google")


def test_the_part_of_a_namespace_that_the_name_spells_out_is_tried() -> None:
    (package,) = planned("google-cloud-storage", "google")
    assert package.perhaps == ("google.cloud.storage",)
    (package,) = planned("google-2fa", "google")
    assert package.perhaps == ()


def test_a_plugin_that_its_host_loads_is_not_loaded_alone() -> None:
    assert planned("tensorflow-io-gcs-filesystem", "tensorflow_io_gcs_filesystem") == ()
