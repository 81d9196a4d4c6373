"""The words that octopub adds to a book, in the book's language.

Imports `reading.languages`, for how a language tag is resolved. Every language of that table has its
words here; any other has English ones. The words come as they are printed, with their own spaces and
marks, and are put into no language's typography again.

Templates name their fields in braces (`{page}`); a place that may be followed by several names or by
foreign ones is worded so that it needs no inflected form of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octopub.reading.languages import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's words, capitalised as that language's books do it."""

    contents: str
    """The heading above the contents."""
    table_of_contents: str
    """What the contents are, for those who do not see them: the e-book's landmarks and labels."""
    notes: str
    """The heading above notes at the end of a chapter or the book."""
    further_notes: str
    """The heading above notes that nothing calls."""
    note: str
    """A note's name: `{number}`."""
    back_to_text: str
    """The label of the way back from a note."""
    back_to_call: str
    """The same where a note is called several times: `{number}` counts the calls."""
    note_on_page: str
    """At the foot of a page, in place of a note that had no room there: `{page}`."""
    chapter: str
    page: str
    pages: str
    """The heading above the e-book's list of printed pages."""
    see_page: str
    """In running text: `{page}`."""
    cover: str
    title_page: str
    colophon: str
    landmarks: str
    """The heading above the e-book's list of landmarks."""
    start: str
    """The landmark where the text begins."""
    translated_by: str
    """`{names}`"""
    published_by: str
    """`{publisher}`"""
    edition: str
    """`{edition}`"""
    isbn: str = "ISBN {isbn}"
    set_with: str
    """The credit in the colophon."""
    set_in: str
    """The faces: `{faces}`."""
    paper: str
    """The size of the page: `{paper}`."""
    and_: str
    """Between the last two of several names, with its spaces."""
    and_before: tuple[str, str] | None = None
    """Before a last name that this pattern matches, this stands instead."""
    serial_comma: bool = False
    """Whether a comma stands before it, too, where there are three names or more."""


_ENGLISH = Words(
    contents="Contents",
    table_of_contents="Table of contents",
    notes="Notes",
    further_notes="Further notes",
    note="Note {number}",
    back_to_text="Back to the text",
    back_to_call="Back to the text ({number})",
    note_on_page="This note is printed on page\u00a0{page}.",
    chapter="Chapter",
    page="Page",
    pages="Pages",
    see_page="see page\u00a0{page}",
    cover="Cover",
    title_page="Title page",
    colophon="Colophon",
    landmarks="Landmarks",
    start="Begin reading",
    translated_by="Translated by {names}",
    published_by="Published by {publisher}",
    edition="Edition: {edition}",
    set_with="Set with octopub",
    set_in="Set in {faces}",
    paper="Paper: {paper}",
    and_=" and ",
)
_AMERICAN = replace(
    _ENGLISH,
    table_of_contents="Table of Contents",
    further_notes="Further Notes",
    title_page="Title Page",
    start="Begin Reading",
    serial_comma=True,
)
_GERMAN = Words(
    contents="Inhalt",
    table_of_contents="Inhaltsverzeichnis",
    notes="Anmerkungen",
    further_notes="Weitere Anmerkungen",
    note="Anmerkung {number}",
    back_to_text="Zurück zum Text",
    back_to_call="Zurück zum Text ({number})",
    note_on_page="Diese Anmerkung steht auf Seite\u00a0{page}.",
    chapter="Kapitel",
    page="Seite",
    pages="Seiten",
    see_page="siehe Seite\u00a0{page}",
    cover="Umschlag",
    title_page="Titelseite",
    colophon="Impressum",
    landmarks="Orientierungspunkte",
    start="Textbeginn",
    translated_by="Übersetzt von {names}",
    published_by="Erschienen bei {publisher}",
    edition="Ausgabe: {edition}",
    set_with="Gesetzt mit octopub",
    set_in="Schrift: {faces}",
    paper="Format: {paper}",
    and_=" und ",
)
_FRENCH = Words(
    contents="Sommaire",
    table_of_contents="Table des matières",
    notes="Notes",
    further_notes="Autres notes",
    note="Note {number}",
    back_to_text="Retour au texte",
    back_to_call="Retour au texte ({number})",
    note_on_page="Cette note figure à la page\u00a0{page}.",
    chapter="Chapitre",
    page="Page",
    pages="Pages",
    see_page="voir page\u00a0{page}",
    cover="Couverture",
    title_page="Page de titre",
    colophon="Colophon",
    landmarks="Repères",
    start="Début du texte",
    translated_by="Traduit par {names}",
    published_by="Publié par {publisher}",
    edition="Édition\u00a0: {edition}",
    set_with="Composé avec octopub",
    set_in="Composé en {faces}",
    paper="Format\u00a0: {paper}",
    and_=" et ",
)
_SWISS_FRENCH = replace(_FRENCH, edition="Édition\u202f: {edition}", paper="Format\u202f: {paper}")
_SPANISH = Words(
    contents="Índice",
    table_of_contents="Índice de contenidos",
    notes="Notas",
    further_notes="Otras notas",
    note="Nota {number}",
    back_to_text="Volver al texto",
    back_to_call="Volver al texto ({number})",
    note_on_page="Esta nota se encuentra en la página\u00a0{page}.",
    chapter="Capítulo",
    page="Página",
    pages="Páginas",
    see_page="véase la página\u00a0{page}",
    cover="Cubierta",
    title_page="Portada",
    colophon="Colofón",
    landmarks="Puntos de referencia",
    start="Comienzo del texto",
    translated_by="Traducción de {names}",
    published_by="Publicado por {publisher}",
    edition="Edición: {edition}",
    set_with="Compuesto con octopub",
    set_in="Compuesto en {faces}",
    paper="Formato: {paper}",
    and_=" y ",
    # Before the sound i, but not where it begins a diphthong: «Juan e Inés», «agua y hielo».
    and_before=("(?:I|Í|Hi|Hí|i|í|hi|hí)(?![aeou])", " e "),
)
_ITALIAN = Words(
    contents="Indice",
    table_of_contents="Indice generale",
    notes="Note",
    further_notes="Altre note",
    note="Nota {number}",
    back_to_text="Torna al testo",
    back_to_call="Torna al testo ({number})",
    note_on_page="Questa nota si trova a pagina\u00a0{page}.",
    chapter="Capitolo",
    page="Pagina",
    pages="Pagine",
    see_page="vedi pagina\u00a0{page}",
    cover="Copertina",
    title_page="Frontespizio",
    colophon="Colophon",
    landmarks="Punti di riferimento",
    start="Inizio del testo",
    translated_by="Traduzione di {names}",
    published_by="Pubblicato da {publisher}",
    edition="Edizione: {edition}",
    set_with="Composto con octopub",
    set_in="Composto in {faces}",
    paper="Formato: {paper}",
    and_=" e ",
    and_before=("[EeÈÉ]", " ed "),
)
_PORTUGUESE = Words(
    contents="Índice",
    table_of_contents="Índice geral",
    notes="Notas",
    further_notes="Outras notas",
    note="Nota {number}",
    back_to_text="Voltar ao texto",
    back_to_call="Voltar ao texto ({number})",
    note_on_page="Esta nota encontra-se na página\u00a0{page}.",
    chapter="Capítulo",
    page="Página",
    pages="Páginas",
    see_page="ver página\u00a0{page}",
    cover="Capa",
    title_page="Folha de rosto",
    colophon="Ficha técnica",
    landmarks="Pontos de referência",
    start="Início do texto",
    translated_by="Tradução de {names}",
    published_by="Publicado por {publisher}",
    edition="Edição: {edition}",
    set_with="Composto com octopub",
    set_in="Composto em {faces}",
    paper="Formato: {paper}",
    and_=" e ",
)
_BRAZILIAN = replace(
    _PORTUGUESE,
    contents="Sumário",
    table_of_contents="Sumário",
    note_on_page="Esta nota está na página\u00a0{page}.",
    colophon="Colofão",
)
_DUTCH = Words(
    contents="Inhoud",
    table_of_contents="Inhoudsopgave",
    notes="Noten",
    further_notes="Overige noten",
    note="Noot {number}",
    back_to_text="Terug naar de tekst",
    back_to_call="Terug naar de tekst ({number})",
    note_on_page="Deze noot staat op pagina\u00a0{page}.",
    chapter="Hoofdstuk",
    page="Pagina",
    pages="Pagina’s",
    see_page="zie pagina\u00a0{page}",
    cover="Omslag",
    title_page="Titelpagina",
    colophon="Colofon",
    landmarks="Oriëntatiepunten",
    start="Begin van de tekst",
    translated_by="Vertaald door {names}",
    published_by="Uitgegeven door {publisher}",
    edition="Uitgave: {edition}",
    set_with="Gezet met octopub",
    set_in="Lettertype: {faces}",
    paper="Formaat: {paper}",
    and_=" en ",
)
_POLISH = Words(
    contents="Spis treści",
    table_of_contents="Spis treści",
    notes="Przypisy",
    further_notes="Pozostałe przypisy",
    note="Przypis {number}",
    back_to_text="Powrót do tekstu",
    back_to_call="Powrót do tekstu ({number})",
    note_on_page="Ten przypis znajduje się na stronie\u00a0{page}.",
    chapter="Rozdział",
    page="Strona",
    pages="Strony",
    see_page="zob. s.\u00a0{page}",
    cover="Okładka",
    title_page="Strona tytułowa",
    colophon="Stopka redakcyjna",
    landmarks="Punkty orientacyjne",
    start="Początek tekstu",
    translated_by="Przekład: {names}",
    published_by="Wydawca: {publisher}",
    edition="Wydanie: {edition}",
    set_with="Złożono w\u00a0programie octopub",
    set_in="Krój pisma: {faces}",
    paper="Format: {paper}",
    and_=" i\u00a0",
)
_CZECH = Words(
    contents="Obsah",
    table_of_contents="Obsah",
    notes="Poznámky",
    further_notes="Další poznámky",
    note="Poznámka {number}",
    back_to_text="Zpět k\u00a0textu",
    back_to_call="Zpět k\u00a0textu ({number})",
    note_on_page="Tato poznámka je na straně\u00a0{page}.",
    chapter="Kapitola",
    page="Strana",
    pages="Strany",
    see_page="viz s.\u00a0{page}",
    cover="Obálka",
    title_page="Titulní strana",
    colophon="Tiráž",
    landmarks="Orientační body",
    start="Začátek textu",
    translated_by="Překlad: {names}",
    published_by="Vydavatel: {publisher}",
    edition="Vydání: {edition}",
    set_with="Vysázeno programem octopub",
    set_in="Písmo: {faces}",
    paper="Formát: {paper}",
    and_=" a\u00a0",
)
_SWEDISH = Words(
    contents="Innehåll",
    table_of_contents="Innehållsförteckning",
    notes="Noter",
    further_notes="Övriga noter",
    note="Not {number}",
    back_to_text="Tillbaka till texten",
    back_to_call="Tillbaka till texten ({number})",
    note_on_page="Noten står på sidan\u00a0{page}.",
    chapter="Kapitel",
    page="Sida",
    pages="Sidor",
    see_page="se sidan\u00a0{page}",
    cover="Omslag",
    title_page="Titelsida",
    colophon="Kolofon",
    landmarks="Landmärken",
    start="Börja läsa",
    translated_by="Översättning: {names}",
    published_by="Utgiven av {publisher}",
    edition="Utgåva: {edition}",
    set_with="Satt med octopub",
    set_in="Typsnitt: {faces}",
    paper="Format: {paper}",
    and_=" och ",
)
_DANISH = Words(
    contents="Indhold",
    table_of_contents="Indholdsfortegnelse",
    notes="Noter",
    further_notes="Øvrige noter",
    note="Note {number}",
    back_to_text="Tilbage til teksten",
    back_to_call="Tilbage til teksten ({number})",
    note_on_page="Noten står på side\u00a0{page}.",
    chapter="Kapitel",
    page="Side",
    pages="Sider",
    see_page="se side\u00a0{page}",
    cover="Omslag",
    title_page="Titelblad",
    colophon="Kolofon",
    landmarks="Orienteringspunkter",
    start="Begynd at læse",
    translated_by="Oversat af {names}",
    published_by="Udgivet af {publisher}",
    edition="Udgave: {edition}",
    set_with="Sat med octopub",
    set_in="Skrift: {faces}",
    paper="Format: {paper}",
    and_=" og ",
)
_NORWEGIAN = Words(
    contents="Innhold",
    table_of_contents="Innholdsfortegnelse",
    notes="Noter",
    further_notes="Øvrige noter",
    note="Note {number}",
    back_to_text="Tilbake til teksten",
    back_to_call="Tilbake til teksten ({number})",
    note_on_page="Noten står på side\u00a0{page}.",
    chapter="Kapittel",
    page="Side",
    pages="Sider",
    see_page="se side\u00a0{page}",
    cover="Omslag",
    title_page="Tittelside",
    colophon="Kolofon",
    landmarks="Orienteringspunkter",
    start="Begynn å lese",
    translated_by="Oversatt av {names}",
    published_by="Utgitt av {publisher}",
    edition="Utgave: {edition}",
    set_with="Satt med octopub",
    set_in="Skrift: {faces}",
    paper="Format: {paper}",
    and_=" og ",
)
_FINNISH = Words(
    contents="Sisällys",
    table_of_contents="Sisällysluettelo",
    notes="Viitteet",
    further_notes="Muut viitteet",
    note="Viite {number}",
    back_to_text="Takaisin tekstiin",
    back_to_call="Takaisin tekstiin ({number})",
    note_on_page="Viite on sivulla\u00a0{page}.",
    chapter="Luku",
    page="Sivu",
    pages="Sivut",
    see_page="ks. s.\u00a0{page}",
    cover="Kansi",
    title_page="Nimiösivu",
    colophon="Julkaisutiedot",
    landmarks="Maamerkit",
    start="Aloita lukeminen",
    translated_by="Käännös: {names}",
    published_by="Julkaisija: {publisher}",
    edition="Painos: {edition}",
    set_with="Taitto: octopub",
    set_in="Kirjaintyyppi: {faces}",
    paper="Sivukoko: {paper}",
    and_=" ja ",
)
_RUSSIAN = Words(
    contents="Оглавление",
    table_of_contents="Оглавление",
    notes="Примечания",
    further_notes="Прочие примечания",
    note="Примечание {number}",
    back_to_text="Вернуться к\u00a0тексту",
    back_to_call="Вернуться к\u00a0тексту ({number})",
    note_on_page="Это примечание см. на с.\u00a0{page}.",
    chapter="Глава",
    page="Страница",
    pages="Страницы",
    see_page="см. с.\u00a0{page}",
    cover="Обложка",
    title_page="Титульный лист",
    colophon="Выходные данные",
    landmarks="Ориентиры",
    start="Начало текста",
    translated_by="Перевод: {names}",
    published_by="Издатель: {publisher}",
    edition="Издание: {edition}",
    set_with="Свёрстано в\u00a0octopub",
    set_in="Шрифт: {faces}",
    paper="Формат: {paper}",
    and_=" и\u00a0",
)
_UKRAINIAN = Words(
    contents="Зміст",
    table_of_contents="Зміст",
    notes="Примітки",
    further_notes="Інші примітки",
    note="Примітка {number}",
    back_to_text="Повернутися до тексту",
    back_to_call="Повернутися до тексту ({number})",
    note_on_page="Цю примітку див. на с.\u00a0{page}.",
    chapter="Розділ",
    page="Сторінка",
    pages="Сторінки",
    see_page="див. с.\u00a0{page}",
    cover="Обкладинка",
    title_page="Титульна сторінка",
    colophon="Вихідні дані",
    landmarks="Орієнтири",
    start="Початок тексту",
    translated_by="Переклад: {names}",
    published_by="Видавець: {publisher}",
    edition="Видання: {edition}",
    set_with="Зверстано в\u00a0octopub",
    set_in="Шрифт: {faces}",
    paper="Формат: {paper}",
    # «та», since «і» and «й» depend on the sounds around them.
    and_=" та ",
)
_GREEK = Words(
    contents="Περιεχόμενα",
    table_of_contents="Πίνακας περιεχομένων",
    notes="Σημειώσεις",
    further_notes="Λοιπές σημειώσεις",
    note="Σημείωση {number}",
    back_to_text="Επιστροφή στο κείμενο",
    back_to_call="Επιστροφή στο κείμενο ({number})",
    note_on_page="Η σημείωση βρίσκεται στη σελίδα\u00a0{page}.",
    chapter="Κεφάλαιο",
    page="Σελίδα",
    pages="Σελίδες",
    see_page="βλ. σ.\u00a0{page}",
    cover="Εξώφυλλο",
    title_page="Σελίδα τίτλου",
    colophon="Κολοφώνας",
    landmarks="Σημεία αναφοράς",
    start="Αρχή του κειμένου",
    translated_by="Μετάφραση: {names}",
    published_by="Εκδότης: {publisher}",
    edition="Έκδοση: {edition}",
    set_with="Στοιχειοθεσία: octopub",
    set_in="Γραμματοσειρά: {faces}",
    paper="Σχήμα: {paper}",
    and_=" και ",
)
_TURKISH = Words(
    contents="İçindekiler",
    table_of_contents="İçindekiler",
    notes="Notlar",
    further_notes="Diğer notlar",
    note="Not {number}",
    back_to_text="Metne dön",
    back_to_call="Metne dön ({number})",
    note_on_page="Bu not {page}.\u00a0sayfadadır.",
    chapter="Bölüm",
    page="Sayfa",
    pages="Sayfalar",
    see_page="bkz. s.\u00a0{page}",
    cover="Kapak",
    title_page="İç kapak",
    colophon="Künye",
    landmarks="Önemli noktalar",
    start="Okumaya başla",
    translated_by="Çeviri: {names}",
    published_by="Yayımlayan: {publisher}",
    edition="Baskı: {edition}",
    set_with="Dizgi: octopub",
    set_in="Yazı tipi: {faces}",
    paper="Boyut: {paper}",
    and_=" ve ",
)

WORDS: dict[str, Words] = {
    "en-US": _AMERICAN, "en-GB": _ENGLISH, "de": _GERMAN, "de-CH": _GERMAN, "fr": _FRENCH,
    "fr-CH": _SWISS_FRENCH, "fr-CA": _FRENCH, "es": _SPANISH, "it": _ITALIAN, "pt-PT": _PORTUGUESE,
    "pt-BR": _BRAZILIAN, "nl": _DUTCH, "pl": _POLISH, "cs": _CZECH, "sv": _SWEDISH, "da": _DANISH,
    "nb": _NORWEGIAN, "fi": _FINNISH, "ru": _RUSSIAN, "uk": _UKRAINIAN, "el": _GREEK, "tr": _TURKISH,
}  # fmt: skip
"""The words of every language in the table of `reading.languages`, by the same tags."""


def lookup(tag: str) -> Words:
    """The words for a BCP 47 tag; English ones for a language without."""
    return WORDS[resolve(tag, WORDS) or "en-GB"]


def join_names(names: Sequence[str], words: Words) -> str:
    """The names in a row, as running text joins them: "A, B and C". Empty if there are none."""
    if len(names) < 2:
        return "".join(names)
    *others, last = names
    comma = "," if words.serial_comma and len(names) > 2 else ""
    and_ = words.and_
    if words.and_before and re.match(words.and_before[0], last):
        and_ = words.and_before[1]
    return ", ".join(others) + comma + and_ + last
