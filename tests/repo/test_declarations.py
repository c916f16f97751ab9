"""Every declaration that ships is valid."""


def test_every_declaration_is_valid():
    from sct.catalogue import check

    assert [str(error) for error in check()] == []
