from samestack.knowledge.same_modules import family_of
from samestack.model import normalized_python_name


def test_a_family_is_found_by_each_of_its_names() -> None:
    family = family_of("opencv-python")
    assert family is not None
    assert family == family_of("opencv-python-headless")
    assert family_of("numpy") is None


def test_names_are_normalised_and_stand_in_one_family_with_a_source() -> None:
    for name in ("tensorflow", "onnxruntime", "faiss-cpu", "cupy", "xgboost", "psycopg2", "pillow"):
        family = family_of(name)
        assert family is not None
        assert family.source.startswith("https://")
        for one in family.names:
            assert one == normalized_python_name(one)
            assert family_of(one) == family
