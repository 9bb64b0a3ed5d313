from search.enrich.entities.gazetteer import gazetteer


def test_every_counted_name_is_known_under_itself() -> None:
    lists = gazetteer()
    for spelling, (kind, name) in lists.known.items():
        assert lists.known[name] == (kind, name), spelling


def test_no_people_is_also_a_place() -> None:
    lists = gazetteer()
    assert not {people for people in lists.peoples if lists.known.get(people, ("",))[0] == "LOC"}


def test_no_given_name_or_particle_is_held_to_be_no_part_of_a_name() -> None:
    lists = gazetteer()
    assert not lists.plain_words & (lists.given_names | lists.particles)


def test_arabic_names_are_counted_with_the_latin_ones() -> None:
    lists = gazetteer()
    assert set(lists.arabic.values()) <= {name for _, name in lists.known.values()}
