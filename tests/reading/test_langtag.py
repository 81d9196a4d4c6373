"""Language tags: RFC 5646's own examples, and what people write instead."""

import pytest

from octopub.reading.langtag import normalise

WELL_FORMED = """
    en de de-CH en-GB pt-BR es-419 zh-Hant zh-Hant-TW sr-Latn-RS sl-rozaj-biske de-CH-1901 de-1996
    hy-Latn-IT-arevela zh-cmn-Hans-CN zh-yue-HK de-CH-x-phonebk az-Arab-x-AZE-derbend x-whatever
    en-US-u-islamcal zh-CN-a-myext-x-private en-a-myext-b-another i-klingon sgn-BE-FR art-lojban
    grc la cu no nb nn
""".split()

NORMALISED = {
    "EN": "en",
    "en-gb": "en-GB",
    "ZH-hant-tw": "zh-Hant-TW",
    "sr-latn": "sr-Latn",
    "es-419": "es-419",
    "de-ch-X-PHONEBK": "de-CH-x-phonebk",
    "en-u-CA-gregory": "en-u-ca-gregory",
    "sgn-be-fr": "sgn-BE-FR",
    "I-Klingon": "i-klingon",
    "DE-1996": "de-1996",
}

ILL_FORMED = [
    "", "e", "english", "Deutsch", "en_US", "en-", "-en", "en--US", "en US", "not a tag", "en-USA-x",
    "de-419-DE", "a-DE", "en-a", "x", "en-x", "ar-a-aaa-b-bbb-a-ccc", "de-1996-1996", "en-GB-abcdefghi",
    "dé", "en\n", "日本語",
]  # fmt: skip


@pytest.mark.parametrize("tag", WELL_FORMED)
def test_accepts(tag: str) -> None:
    found = normalise(tag)
    assert found is not None
    assert found.lower() == tag.lower()


@pytest.mark.parametrize(("tag", "written"), NORMALISED.items())
def test_writes_in_the_recommended_case(tag: str, written: str) -> None:
    assert normalise(tag) == written


@pytest.mark.parametrize("tag", ILL_FORMED)
def test_refuses(tag: str) -> None:
    assert normalise(tag) is None
