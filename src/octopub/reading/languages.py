"""The typography of languages: one table, a row for each language and region.

`typography` reads these rows and knows no language by name; a new language is a new row here and a
row of cases in `tests/reading/typography/`. Imports `reading.conventions` and `reading.subtags`,
opens nothing, and never looks at a text.

Where the conventions come from: Unicode CLDR (quotation marks, grouping of thousands) wherever a
language has no authority that says otherwise, and the book named in the comment above each row.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from octopub.reading.conventions import NARROW, NO_BREAK, DashStyle, HighMarks, Language
from octopub.reading.subtags import direction, resolve

__all__ = ["GENERIC", "LANGUAGES", "Language", "direction", "lookup", "resolve"]


def _words(*rows: str) -> tuple[str, ...]:
    return tuple(" ".join(rows).split())


def _phrases(*rows: str) -> tuple[str, ...]:
    return tuple(", ".join(rows).split(", "))


_CURLY, _CURLY_SINGLE = ("“", "”"), ("‘", "’")
_ANGLE, _ANGLE_SINGLE = ("«", "»"), ("‹", "›")
_LOW, _LOW_SINGLE = ("„", "“"), ("‚", "‘")

GENERIC = Language(
    tag="",
    primary=_CURLY,
    secondary=_CURLY_SINGLE,
    dash_style=DashStyle.AS_TYPED,
    speech_space=None,
    range_dash="-",
    holds=False,
)
"""For a language without a row: quotation marks, apostrophes and ellipses, and nothing daring."""

# The Chicago Manual of Style, 17th edition: §6.85 (em dash), §6.78 (ranges), §13.30 (quotation marks).
_EN_US = Language(
    tag="en-US",
    primary=_CURLY,
    secondary=_CURLY_SINGLE,
    dash="—",
    dash_style=DashStyle.CLOSED,
    speech_space=None,
    phrases=_phrases("i. e., e. g., a. m., p. m., et al."),
    before_number=_words(
        "p. pp. no. nos. No. Nos. vol. vols. Vol. Vols. ch. chap. chaps. Chap. fig. figs. Fig. Figs. sec. bk."
        " art. pt. col. cols. v. vv. ll. n. nn. fol. fols. c. ca. AD"
    ),
    before_name=_words(
        "Mr. Mrs. Ms. Messrs. Dr. Prof. Rev. Fr. St. Hon. Gen. Col. Maj. Capt. Lt. Sgt. Gov. Sen. Rep. Mt."
        " Mr Mrs Ms Dr Prof St"
    ),
    after_number=_words("a.m. p.m. a. p. am pm BC BCE CE AD"),
    elisions=_words(
        "tis tisn twas twasn twere twould twouldn twill twixt em til till n un gainst neath nuff cause cos"
        " bout im ave ow"
    ),
)
# New Hart's Rules, 2nd edition: §9.2 (quotation marks), §4.11 (dashes, ranges); Oxford sets its own
# books with the closed em rule, nearly all other British houses with the spaced en rule.
_EN_GB = replace(
    _EN_US,
    tag="en-GB",
    primary=_CURLY_SINGLE,
    secondary=_CURLY,
    dash="–",
    dash_style=DashStyle.SPACED,
    speech_space=NO_BREAK,
)
# Duden, Die deutsche Rechtschreibung (Textverarbeitung und E-Mails); DIN 5008.
_DE = Language(
    tag="de",
    primary=_LOW,
    secondary=_LOW_SINGLE,
    tight=NARROW,
    thousands=NARROW,
    phrases=_phrases(
        "z. B., d. h., d. i., u. a., u. Ä., o. Ä., u. U., u. v. a., u. v. m., u. dgl., i. d. R., i. e.",
        "i. A., i. V., s. o., s. u., z. T., z. Z., z. Zt., z. Hd., v. a., m. E., a. a. O., a. D.",
        "v. Chr., n. Chr., v. u. Z., u. Z., o. J., o. O., e. V., d. J., d. Ä., h. c., Dr. h. c.",
    ),
    before_number=_words(
        "S. Bd. Bde. Nr. Nrn. Abb. Kap. Anm. Art. Abs. Aufl. Bl. Fn. H. Jg. Sp. Tab. Taf. Ziff."
    ),
    before_name=_words("Dr. Prof. Hr. Fr. Frl. Hrn. St. Hl. hl. Mag. Dipl.-Ing."),
    after_number=_words(
        "f. ff. v. n. Uhr Januar Jänner Februar März April Mai Juni Juli August September Oktober November"
        " Dezember Jan. Feb. Aug. Sept. Okt. Nov. Dez. Mio. Mrd."
    ),
    elisions=_words("s n ne nem nen ner nes"),
)
# Bundeskanzlei, Schreibweisungen: guillemets, without inner spaces.
_DE_CH = replace(_DE, tag="de-CH", primary=_ANGLE, secondary=_ANGLE_SINGLE)
# Lexique des règles typographiques en usage à l'Imprimerie nationale (ponctuation, abréviations, tiret).
_FR = Language(
    tag="fr",
    primary=_ANGLE,
    secondary=_CURLY,
    quote_space=NO_BREAK,
    high=(HighMarks(";!?", NARROW), HighMarks(":", NO_BREAK)),
    dash="—",
    dash_style=DashStyle.PAIRED,
    range_dash="-",
    thousands=NARROW,
    phrases=_phrases("p. ex., av. J.-C., apr. J.-C., s. d., s. l., i. e., op. cit., loc. cit., et al."),
    before_number=_words("p. pp. n° nos nº no t. vol. chap. ch. fig. art. col. fol. f. v. vv. l. ll. pl. h"),
    before_name=_words("M. MM. Mme Mmes Mlle Mlles Mgr Me Dr Pr"),
    after_number=_words(
        "h s av. apr. siècle siècles janvier février mars avril mai juin juillet août septembre octobre"
        " novembre décembre"
    ),
)
# Guide du typographe (Lausanne): a fine space before all four high marks and inside guillemets.
_FR_CH = replace(
    _FR, tag="fr-CH", secondary=_ANGLE_SINGLE, quote_space=NARROW, high=(HighMarks(";:!?", NARROW),)
)
# Office québécois de la langue française, Le français au bureau: a space before the colon and inside
# guillemets; before ; ! ? none, or a fine one where the author typed a space.
_FR_CA = replace(_FR, tag="fr-CA", high=(HighMarks(":", NO_BREAK), HighMarks(";!?", NARROW, added=False)))
# Real Academia Española, Ortografía de la lengua española (2010): comillas, raya, guion.
_ES = Language(
    tag="es",
    primary=_ANGLE,
    secondary=_CURLY,
    dash="—",
    dash_style=DashStyle.ATTACHED,
    speech_space="",
    range_dash="-",
    thousands=NARROW,
    phrases=_phrases(
        "a. C., d. C., a. de C., d. de C., p. ej., a. m., p. m., s. f., s. l., s. a., EE. UU., FF. AA."
    ),
    before_number=_words(
        "p. pp. pág. págs. n.º n.ᵒ núm. núms. vol. vols. cap. caps. fig. figs. art. arts. t. v. vv. fol."
    ),
    before_name=_words("Sr. Sra. Srta. Sres. Dr. Dra. D. D.ª Dña. Prof. S. Sto. Sta. Mons."),
    after_number=_words("a. d. h"),
)
# Accademia della Crusca; R. Lesina, Il nuovo manuale di stile: caporali, lineetta, trattino in ranges.
_IT = Language(
    tag="it",
    primary=_ANGLE,
    secondary=_CURLY,
    range_dash="-",
    thousands=NO_BREAK,
    phrases=_phrases("a. C., d. C., p. es., s. d., s. l., op. cit., loc. cit., et al."),
    before_number=_words("p. pp. n. nn. vol. voll. cap. capp. fig. figg. art. artt. t. v. vv. c. cc. col."),
    before_name=_words(
        "Sig. Sig.ra Sig.na sig. sig.ra Dott. Dott.ssa dott. dott.ssa Prof. Prof.ssa prof. Avv. avv. Ing."
        " S. On. on. Mons. mons."
    ),
    after_number=_words("a. d. h"),
    elisions=_words("sto sta sti ste na ndrangheta ndranghete"),
)
# Código de Redação Interinstitucional (Portuguese): aspas angulares, travessão, hífen.
_PT_PT = Language(
    tag="pt-PT",
    primary=_ANGLE,
    secondary=_CURLY,
    dash="—",
    range_dash="-",
    thousands=NO_BREAK,
    phrases=_phrases("a. C., d. C., p. ex., s. d., s. l., op. cit., et al."),
    before_number=_words(
        "p. pp. pág. págs. n.º nº n.os vol. vols. cap. caps. fig. figs. art. t. v. fl. fls."
    ),
    before_name=_words("Sr. Sra. Srs. Dr. Dra. D. Prof. Prof.ª Eng. S. Sto. Sta. Exmo. Exma."),
    after_number=_words("a. d. h"),
    elisions=_words("tá tão tava bora"),
)
# Manual de Redação da Presidência da República; Houaiss: curved marks.
_PT_BR = replace(_PT_PT, tag="pt-BR", primary=_CURLY, secondary=_CURLY_SINGLE)
# Nederlandse Taalunie, Taaladvies; Renkema, Schrijfwijzer: single marks outside in books.
_NL = Language(
    tag="nl",
    primary=_CURLY_SINGLE,
    secondary=_CURLY,
    range_dash="-",
    thousands=NO_BREAK,
    phrases=_phrases("v. Chr., n. Chr., d. w. z., o. a., et al."),
    before_number=_words("p. pp. blz. nr. nrs. dl. hfst. afb. fig. tab. art. vol. jg. r."),
    before_name=_words("dr. drs. mr. ir. prof. ds. dhr. mevr. mw. St. Dr. Prof. Mr."),
    after_number=_words("v. n. uur"),
    elisions=_words("s t n k m r ns"),
)
# Wielki słownik ortograficzny PWN (zasady interpunkcji); A. Wolański, Edycja tekstów.
_PL = Language(
    tag="pl",
    primary=("„", "”"),
    secondary=_ANGLE,
    thousands=NO_BREAK,
    phrases=_phrases("m. in., n. e., p. n. e., m. st., s. l., b. d., b. r."),
    before_number=_words("s. str. nr t. cz. rozdz. ryc. rys. tab. il. art. ust. par. poz. r. w. ok. godz."),
    before_name=_words("dr prof. św. ks. gen. płk mjr kpt. por. p. inż. mgr hr. im. ul. al."),
    after_number=_words(
        "r. w. n. p. zł gr tys. mln mld stycznia lutego marca kwietnia maja czerwca lipca sierpnia września"
        " października listopada grudnia"
    ),
    short_words="aiouwz",
)
# Internetová jazyková příručka, Ústav pro jazyk český; ČSN 01 6910 (k, s, v, z, o, u, a, i at line ends).
_CS = Language(
    tag="cs",
    primary=_LOW,
    secondary=_LOW_SINGLE,
    thousands=NO_BREAK,
    phrases=_phrases("n. l., př. n. l., př. Kr., po Kr., t. č., t. r., a. s., s. r. o., v. r., a d."),
    before_number=_words("s. str. č. čís. obr. tab. kap. sv. roč. odst. čl. pozn. r."),
    before_name=_words("p. pí sl. dr. Dr. prof. Prof. doc. Ing. Mgr. Bc. MUDr. JUDr. PhDr. sv. gen. plk."),
    after_number=_words(
        "Kč hod. tis. mil. mld. př. stol. století ledna února března dubna května června července srpna září"
        " října listopadu prosince"
    ),
    short_words="ksvzouai",
)
# Svenska skrivregler (Språkrådet): the same mark on both sides, spaced tankstreck.
_SV = Language(
    tag="sv",
    primary=("”", "”"),
    secondary=("’", "’"),
    thousands=NO_BREAK,
    phrases=_phrases(
        "t. ex., d. v. s., bl. a., o. s. v., f. Kr., e. Kr., m. fl., m. m., o. d., s. k., p. g. a.",
        "fr. o. m., t. o. m., u. å., a. a.",
    ),
    before_number=_words("s. sid. nr kap. bd fig. tab. kl."),
    before_name=_words("dr prof. hr fr. S:t S:ta"),
    after_number=_words("f. e. kr öre"),
)
# Dansk Sprognævn, Retskrivningsordbogen §55 (tankestreg), §57 (bindestreg in ranges), §58 (» «).
_DA = Language(
    tag="da",
    primary=("»", "«"),
    secondary=("›", "‹"),
    range_dash="-",
    thousands=NO_BREAK,
    phrases=_phrases(
        "f. eks., d. v. s., bl. a., o. s. v., f. Kr., e. Kr., m. fl., m. m., m. v., s. k., p. t., u. å."
    ),
    before_number=_words("s. nr. kap. bd. fig. tab. kl."),
    before_name=_words("dr. prof. hr. fr. Skt."),
    after_number=_words(
        "f. e. kr. øre januar februar marts april maj juni juli august september oktober november december"
    ),
)
# Språkrådet, Skriveregler: « », inside them ‘ ’; tankestrek in ranges.
_NB = Language(
    tag="nb",
    primary=_ANGLE,
    secondary=_CURLY_SINGLE,
    thousands=NO_BREAK,
    phrases=_phrases("f. eks., d. v. s., bl. a., o. s. v., f. Kr., e. Kr., m. fl., m. m., s. k., u. å."),
    before_number=_words("s. nr. kap. bd. fig. tab. kl."),
    before_name=_words("dr. prof. hr. fr. St."),
    after_number=_words(
        "f. e. kr kr. øre januar februar mars april mai juni juli august september oktober november desember"
    ),
)
# Kielitoimiston ohjepankki: the same mark on both sides, spaced ajatusviiva.
_FI = Language(
    tag="fi",
    primary=("”", "”"),
    secondary=("’", "’"),
    thousands=NO_BREAK,
    phrases=_phrases("ks. s., e. m., k. m., s. a., s. l."),
    before_number=_words("s. ss. nro n:o v. vv. n. klo luku kuva"),
    before_name=_words("tri prof. hra rva nti toht."),
    after_number=_words(
        "eKr. jKr. mk tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta"
        " syyskuuta lokakuuta marraskuuta joulukuuta"
    ),
)
# А. Э. Мильчин, Л. К. Чельцова, Справочник издателя и автора (гл. 19, 20).
_RU = Language(
    tag="ru",
    primary=_ANGLE,
    secondary=_LOW,
    dash="—",
    ellipsis_after_mark="..",
    tight=NARROW,
    thousands=NO_BREAK,
    phrases=_phrases(
        "т. е., т. д., т. п., т. к., т. н., т. о., и т. д., и т. п., и др., и пр., н. э., до н. э., н. ст.",
        "ст. ст., с. г., с. ш., ю. ш., в. д., з. д., ж. д., и. о.",
    ),
    before_number=_words(
        "с. стр. т. тт. № №№ гл. рис. табл. илл. ил. ст. п. пп. л. лл. вып. кн. ч. разд. прим. ок. д. кв."
    ),
    before_name=_words("г. гор. ул. им. проф. акад. доц. д-р г-н г-жа св. о. пос. гр. ген. тов. т. Дж. Ю."),
    after_number=_words(
        "г. гг. в. вв. руб. коп. тыс. млн млрд км м см мм кг г т л ч мин сек января февраля марта апреля мая"
        " июня июля августа сентября октября ноября декабря"
    ),
    short_words="вксоуаия",
)
# Український правопис (2019), §§ 155–167; П. Марчук and others, Культура українського друку.
_UK = Language(
    tag="uk",
    primary=_ANGLE,
    secondary=_LOW,
    dash="—",
    ellipsis_after_mark="..",
    tight=NARROW,
    thousands=NO_BREAK,
    phrases=_phrases("і т. д., і т. п., і т. ін., та ін., т. зв., н. е., до н. е., н. ст., ст. ст., с. г."),
    before_number=_words("с. стор. т. тт. № №№ гл. рис. табл. іл. ст. п. пп. вип. кн. ч. розд. прим. бл."),
    before_name=_words("м. вул. ім. проф. акад. доц. св. о. ген. п. Дж."),
    after_number=_words(
        "р. рр. ст. грн коп. тис. млн млрд км м см мм кг г т л год хв січня лютого березня квітня травня"
        " червня липня серпня вересня жовтня листопада грудня"
    ),
    short_words="вузійоая",
)
# Διοργανικό εγχειρίδιο σύνταξης κειμένων της ΕΕ (παράρτημα για την ελληνική): εισαγωγικά, παύλες.
_EL = Language(
    tag="el",
    primary=_ANGLE,
    secondary=_CURLY,
    thousands=NO_BREAK,
    phrases=_phrases("π. χ., π. Χ., μ. Χ., π. μ., μ. μ., κ. ά., κ. ο. κ., κ. λπ., ό. π."),
    before_number=_words("σ. σσ. σελ. αρ. αριθ. τ. τόμ. κεφ. εικ. σχ. πίν. άρθρ. στ."),
    before_name=_words("κ. κα κος Δρ Δρ. καθ. Αγ. αγ."),
    after_number=_words("π. μ. π.Χ. μ.Χ. π.μ. μ.μ. χλμ. ευρώ"),
)
# Türk Dil Kurumu, Yazım Kılavuzu (kısa çizgi: an aside's dashes hold to it; uzun çizgi: speech).
_TR = Language(
    tag="tr",
    primary=_CURLY,
    secondary=_CURLY_SINGLE,
    dash_style=DashStyle.ATTACHED,
    speech_dash="—",
    range_dash="-",
    thousands=NO_BREAK,
    phrases=_phrases("M. Ö., M. S., a. g. e., a. g. m., a. g. y."),
    before_number=_words("s. ss. c. C. no. No. sy. bk. bkz. MÖ MS Ö. md. böl."),
    before_name=_words("Dr. Prof. Doç. Av. Hz. Sn."),
    after_number=_words("TL yy."),
)

LANGUAGES: dict[str, Language] = {
    row.tag: row
    for row in (
        _EN_US, _EN_GB, _DE, _DE_CH, _FR, _FR_CH, _FR_CA, _ES, _IT, _PT_PT, _PT_BR, _NL, _PL, _CS, _SV, _DA,
        _NB, _FI, _RU, _UK, _EL, _TR,
    )
}  # fmt: skip
"""Every row by its tag."""


@lru_cache(maxsize=64)
def lookup(tag: str) -> Language:
    """The row for a BCP 47 tag; the generic one for a language without a row."""
    row = resolve(tag, LANGUAGES)
    return GENERIC if row is None else LANGUAGES[row]
