from archive.extraction import vocabulary


def test_lists_are_lower_case_and_without_comments():
    for path in vocabulary.WORDS.glob("*.txt"):
        words = vocabulary.word_list(path.stem)
        assert words, path.name
        assert not any(word.startswith("#") or word != word.lower() for word in words), path.name


def test_first_names_tell_gender_where_they_can():
    assert vocabulary.genders()["maria"] == "f"
    assert vocabulary.genders()["ahmad"] == "m"
    assert vocabulary.honorific_genders()["spokeswoman"] == "f"


def test_roles_are_known_in_the_plural_too():
    assert vocabulary.is_role("spokesman")
    assert vocabulary.is_role("officials")
    assert not vocabulary.is_role("specimen")
