"""The words that octopub adds to a book, a row for each language.

Imports `markup.vocabulary`. The words come as they are printed, with their own spaces and marks, and
are put through no language's typography again. Where several names may follow, or foreign ones, the
wording needs no inflected form of them.
"""

from __future__ import annotations

from dataclasses import replace

from octopub.markup.vocabulary import Words

_ENGLISH = Words(
    contents="Contents", table_of_contents="Table of contents", chapter="Chapter",
    notes="Notes", further_notes="Further notes", note="Note {number}",
    back_to_text="Back to the text", note_on_page="This note is printed on page\u00a0{page}.",
    page="Page", pages="Pages", see_page="see page\u00a0{page}",
    cover="Cover", qr_code="QR code: {address}", title_page="Title page", colophon="Colophon",
    landmarks="Landmarks", start="Begin reading",
    translated_by="Translated by {names}", published_by="Published by {publisher}",
    edition="Edition: {edition}", set_with="Set with octopub",
    set_in="Set in {faces}", paper="Paper: {paper}",
    and_=" and ",
)  # fmt: skip
_AMERICAN = replace(
    _ENGLISH,
    table_of_contents="Table of Contents",
    further_notes="Further Notes",
    title_page="Title Page",
    start="Begin Reading",
    serial_comma=True,
)
_GERMAN = Words(
    contents="Inhalt", table_of_contents="Inhaltsverzeichnis", chapter="Kapitel",
    notes="Anmerkungen", further_notes="Weitere Anmerkungen", note="Anmerkung {number}",
    back_to_text="Zurück zum Text", note_on_page="Diese Anmerkung steht auf Seite\u00a0{page}.",
    page="Seite", pages="Seiten", see_page="siehe Seite\u00a0{page}",
    cover="Umschlag", qr_code="QR-Code: {address}", title_page="Titelseite", colophon="Impressum",
    landmarks="Orientierungspunkte", start="Textbeginn",
    translated_by="Übersetzt von {names}", published_by="Erschienen bei {publisher}",
    edition="Ausgabe: {edition}", set_with="Gesetzt mit octopub",
    set_in="Schrift: {faces}", paper="Format: {paper}",
    and_=" und ",
)  # fmt: skip
_FRENCH = Words(
    contents="Sommaire", table_of_contents="Table des matières", chapter="Chapitre",
    notes="Notes", further_notes="Autres notes", note="Note {number}",
    back_to_text="Retour au texte", note_on_page="Cette note figure à la page\u00a0{page}.",
    page="Page", pages="Pages", see_page="voir page\u00a0{page}",
    cover="Couverture", qr_code="Code QR\u00a0: {address}", title_page="Page de titre", colophon="Colophon",
    landmarks="Repères", start="Début du texte",
    translated_by="Traduit par {names}", published_by="Publié par {publisher}",
    edition="Édition\u00a0: {edition}", set_with="Composé avec octopub",
    set_in="Composé en {faces}", paper="Format\u00a0: {paper}",
    and_=" et ",
)  # fmt: skip
_SWISS_FRENCH = replace(
    _FRENCH,
    qr_code="Code QR\u202f: {address}",
    edition="Édition\u202f: {edition}",
    paper="Format\u202f: {paper}",
)
_SPANISH = Words(
    contents="Índice", table_of_contents="Índice de contenidos", chapter="Capítulo",
    notes="Notas", further_notes="Otras notas", note="Nota {number}",
    back_to_text="Volver al texto", note_on_page="Esta nota se encuentra en la página\u00a0{page}.",
    page="Página", pages="Páginas", see_page="véase la página\u00a0{page}",
    cover="Cubierta", qr_code="Código QR: {address}", title_page="Portada", colophon="Colofón",
    landmarks="Puntos de referencia", start="Comienzo del texto",
    translated_by="Traducción de {names}", published_by="Publicado por {publisher}",
    edition="Edición: {edition}", set_with="Compuesto con octopub",
    set_in="Compuesto en {faces}", paper="Formato: {paper}",
    and_=" y ",
    # Before the sound i, but not where it begins a diphthong: «Juan e Inés», «agua y hielo».
    and_before=("(?:I|Í|Hi|Hí|i|í|hi|hí)(?![aeou])", " e "),
)  # fmt: skip
_ITALIAN = Words(
    contents="Indice", table_of_contents="Indice generale", chapter="Capitolo",
    notes="Note", further_notes="Altre note", note="Nota {number}",
    back_to_text="Torna al testo", note_on_page="Questa nota si trova a pagina\u00a0{page}.",
    page="Pagina", pages="Pagine", see_page="vedi pagina\u00a0{page}",
    cover="Copertina", qr_code="Codice QR: {address}", title_page="Frontespizio", colophon="Colophon",
    landmarks="Punti di riferimento", start="Inizio del testo",
    translated_by="Traduzione di {names}", published_by="Pubblicato da {publisher}",
    edition="Edizione: {edition}", set_with="Composto con octopub",
    set_in="Composto in {faces}", paper="Formato: {paper}",
    and_=" e ",
    and_before=("[EeÈÉ]", " ed "),
)  # fmt: skip
_PORTUGUESE = Words(
    contents="Índice", table_of_contents="Índice geral", chapter="Capítulo",
    notes="Notas", further_notes="Outras notas", note="Nota {number}",
    back_to_text="Voltar ao texto", note_on_page="Esta nota encontra-se na página\u00a0{page}.",
    page="Página", pages="Páginas", see_page="ver página\u00a0{page}",
    cover="Capa", qr_code="Código QR: {address}", title_page="Folha de rosto", colophon="Ficha técnica",
    landmarks="Pontos de referência", start="Início do texto",
    translated_by="Tradução de {names}", published_by="Publicado por {publisher}",
    edition="Edição: {edition}", set_with="Composto com octopub",
    set_in="Composto em {faces}", paper="Formato: {paper}",
    and_=" e ",
)  # fmt: skip
_BRAZILIAN = replace(
    _PORTUGUESE,
    contents="Sumário",
    table_of_contents="Sumário",
    note_on_page="Esta nota está na página\u00a0{page}.",
    colophon="Colofão",
)
_DUTCH = Words(
    contents="Inhoud", table_of_contents="Inhoudsopgave", chapter="Hoofdstuk",
    notes="Noten", further_notes="Overige noten", note="Noot {number}",
    back_to_text="Terug naar de tekst", note_on_page="Deze noot staat op pagina\u00a0{page}.",
    page="Pagina", pages="Pagina’s", see_page="zie pagina\u00a0{page}",
    cover="Omslag", qr_code="QR-code: {address}", title_page="Titelpagina", colophon="Colofon",
    landmarks="Oriëntatiepunten", start="Begin van de tekst",
    translated_by="Vertaald door {names}", published_by="Uitgegeven door {publisher}",
    edition="Uitgave: {edition}", set_with="Gezet met octopub",
    set_in="Lettertype: {faces}", paper="Formaat: {paper}",
    and_=" en ",
)  # fmt: skip
_POLISH = Words(
    contents="Spis treści", table_of_contents="Spis treści", chapter="Rozdział",
    notes="Przypisy", further_notes="Pozostałe przypisy", note="Przypis {number}",
    back_to_text="Powrót do tekstu", note_on_page="Ten przypis znajduje się na stronie\u00a0{page}.",
    page="Strona", pages="Strony", see_page="zob. s.\u00a0{page}",
    cover="Okładka", qr_code="Kod QR: {address}", title_page="Strona tytułowa", colophon="Stopka redakcyjna",
    landmarks="Punkty orientacyjne", start="Początek tekstu",
    translated_by="Przekład: {names}", published_by="Wydawca: {publisher}",
    edition="Wydanie: {edition}", set_with="Złożono w\u00a0programie octopub",
    set_in="Krój pisma: {faces}", paper="Format: {paper}",
    and_=" i\u00a0",
)  # fmt: skip
_CZECH = Words(
    contents="Obsah", table_of_contents="Obsah", chapter="Kapitola",
    notes="Poznámky", further_notes="Další poznámky", note="Poznámka {number}",
    back_to_text="Zpět k\u00a0textu", note_on_page="Tato poznámka je na straně\u00a0{page}.",
    page="Strana", pages="Strany", see_page="viz s.\u00a0{page}",
    cover="Obálka", qr_code="QR kód: {address}", title_page="Titulní strana", colophon="Tiráž",
    landmarks="Orientační body", start="Začátek textu",
    translated_by="Překlad: {names}", published_by="Vydavatel: {publisher}",
    edition="Vydání: {edition}", set_with="Vysázeno programem octopub",
    set_in="Písmo: {faces}", paper="Formát: {paper}",
    and_=" a\u00a0",
)  # fmt: skip
_SWEDISH = Words(
    contents="Innehåll", table_of_contents="Innehållsförteckning", chapter="Kapitel",
    notes="Noter", further_notes="Övriga noter", note="Not {number}",
    back_to_text="Tillbaka till texten", note_on_page="Noten står på sidan\u00a0{page}.",
    page="Sida", pages="Sidor", see_page="se sidan\u00a0{page}",
    cover="Omslag", qr_code="QR-kod: {address}", title_page="Titelsida", colophon="Kolofon",
    landmarks="Landmärken", start="Börja läsa",
    translated_by="Översättning: {names}", published_by="Utgiven av {publisher}",
    edition="Utgåva: {edition}", set_with="Satt med octopub",
    set_in="Typsnitt: {faces}", paper="Format: {paper}",
    and_=" och ",
)  # fmt: skip
_DANISH = Words(
    contents="Indhold", table_of_contents="Indholdsfortegnelse", chapter="Kapitel",
    notes="Noter", further_notes="Øvrige noter", note="Note {number}",
    back_to_text="Tilbage til teksten", note_on_page="Noten står på side\u00a0{page}.",
    page="Side", pages="Sider", see_page="se side\u00a0{page}",
    cover="Omslag", qr_code="QR-kode: {address}", title_page="Titelblad", colophon="Kolofon",
    landmarks="Orienteringspunkter", start="Begynd at læse",
    translated_by="Oversat af {names}", published_by="Udgivet af {publisher}",
    edition="Udgave: {edition}", set_with="Sat med octopub",
    set_in="Skrift: {faces}", paper="Format: {paper}",
    and_=" og ",
)  # fmt: skip
_NORWEGIAN = Words(
    contents="Innhold", table_of_contents="Innholdsfortegnelse", chapter="Kapittel",
    notes="Noter", further_notes="Øvrige noter", note="Note {number}",
    back_to_text="Tilbake til teksten", note_on_page="Noten står på side\u00a0{page}.",
    page="Side", pages="Sider", see_page="se side\u00a0{page}",
    cover="Omslag", qr_code="QR-kode: {address}", title_page="Tittelside", colophon="Kolofon",
    landmarks="Orienteringspunkter", start="Begynn å lese",
    translated_by="Oversatt av {names}", published_by="Utgitt av {publisher}",
    edition="Utgave: {edition}", set_with="Satt med octopub",
    set_in="Skrift: {faces}", paper="Format: {paper}",
    and_=" og ",
)  # fmt: skip
_FINNISH = Words(
    contents="Sisällys", table_of_contents="Sisällysluettelo", chapter="Luku",
    notes="Viitteet", further_notes="Muut viitteet", note="Viite {number}",
    back_to_text="Takaisin tekstiin", note_on_page="Viite on sivulla\u00a0{page}.",
    page="Sivu", pages="Sivut", see_page="ks.\u00a0s.\u00a0{page}",
    cover="Kansi", qr_code="QR-koodi: {address}", title_page="Nimiösivu", colophon="Julkaisutiedot",
    landmarks="Maamerkit", start="Aloita lukeminen",
    translated_by="Käännös: {names}", published_by="Julkaisija: {publisher}",
    edition="Painos: {edition}", set_with="Taitto: octopub",
    set_in="Kirjaintyyppi: {faces}", paper="Sivukoko: {paper}",
    and_=" ja ",
)  # fmt: skip
_RUSSIAN = Words(
    contents="Оглавление", table_of_contents="Оглавление", chapter="Глава",
    notes="Примечания", further_notes="Прочие примечания", note="Примечание {number}",
    back_to_text="Вернуться к\u00a0тексту", note_on_page="Это примечание см. на с.\u00a0{page}.",
    page="Страница", pages="Страницы", see_page="см. с.\u00a0{page}",
    cover="Обложка", qr_code="QR-код: {address}", title_page="Титульный лист", colophon="Выходные данные",
    landmarks="Ориентиры", start="Начало текста",
    translated_by="Перевод: {names}", published_by="Издатель: {publisher}",
    edition="Издание: {edition}", set_with="Свёрстано в\u00a0octopub",
    set_in="Шрифт: {faces}", paper="Формат: {paper}",
    and_=" и\u00a0",
)  # fmt: skip
_UKRAINIAN = Words(
    contents="Зміст", table_of_contents="Зміст", chapter="Розділ",
    notes="Примітки", further_notes="Інші примітки", note="Примітка {number}",
    back_to_text="Повернутися до тексту", note_on_page="Цю примітку див. на с.\u00a0{page}.",
    page="Сторінка", pages="Сторінки", see_page="див. с.\u00a0{page}",
    cover="Обкладинка", qr_code="QR-код: {address}", title_page="Титульна сторінка", colophon="Вихідні дані",
    landmarks="Орієнтири", start="Початок тексту",
    translated_by="Переклад: {names}", published_by="Видавець: {publisher}",
    edition="Видання: {edition}", set_with="Зверстано в\u00a0octopub",
    set_in="Шрифт: {faces}", paper="Формат: {paper}",
    # «та», since «і» and «й» depend on the sounds around them.
    and_=" та ",
)  # fmt: skip
_GREEK = Words(
    contents="Περιεχόμενα", table_of_contents="Πίνακας περιεχομένων", chapter="Κεφάλαιο",
    notes="Σημειώσεις", further_notes="Λοιπές σημειώσεις", note="Σημείωση {number}",
    back_to_text="Επιστροφή στο κείμενο", note_on_page="Η σημείωση βρίσκεται στη σελίδα\u00a0{page}.",
    page="Σελίδα", pages="Σελίδες", see_page="βλ. σ.\u00a0{page}",
    cover="Εξώφυλλο", qr_code="Κωδικός QR: {address}", title_page="Σελίδα τίτλου", colophon="Κολοφώνας",
    landmarks="Σημεία αναφοράς", start="Αρχή του κειμένου",
    translated_by="Μετάφραση: {names}", published_by="Εκδότης: {publisher}",
    edition="Έκδοση: {edition}", set_with="Στοιχειοθεσία: octopub",
    set_in="Γραμματοσειρά: {faces}", paper="Σχήμα: {paper}",
    and_=" και ",
)  # fmt: skip
_TURKISH = Words(
    contents="İçindekiler", table_of_contents="İçindekiler", chapter="Bölüm",
    notes="Notlar", further_notes="Diğer notlar", note="Not {number}",
    back_to_text="Metne dön", note_on_page="Bu not {page}.\u00a0sayfadadır.",
    page="Sayfa", pages="Sayfalar", see_page="bkz. s.\u00a0{page}",
    cover="Kapak", qr_code="QR kodu: {address}", title_page="İç kapak", colophon="Künye",
    landmarks="Önemli noktalar", start="Okumaya başla",
    translated_by="Çeviri: {names}", published_by="Yayımlayan: {publisher}",
    edition="Baskı: {edition}", set_with="Dizgi: octopub",
    set_in="Yazı tipi: {faces}", paper="Boyut: {paper}",
    and_=" ve ",
)  # fmt: skip

WORDS: dict[str, Words] = {
    "en-US": _AMERICAN, "en-GB": _ENGLISH, "de": _GERMAN, "de-CH": _GERMAN, "fr": _FRENCH,
    "fr-CH": _SWISS_FRENCH, "fr-CA": _FRENCH, "es": _SPANISH, "it": _ITALIAN, "pt-PT": _PORTUGUESE,
    "pt-BR": _BRAZILIAN, "nl": _DUTCH, "pl": _POLISH, "cs": _CZECH, "sv": _SWEDISH, "da": _DANISH,
    "nb": _NORWEGIAN, "fi": _FINNISH, "ru": _RUSSIAN, "uk": _UKRAINIAN, "el": _GREEK, "tr": _TURKISH,
}  # fmt: skip
"""The words of every language in the table of `reading.languages`, by the same tags."""
