"""Invented names. No person meant; first and last names are drawn independently."""

from __future__ import annotations

FIRST_NAMES = {
    "US": (
        "Avery", "Blake", "Callie", "Dorian", "Elena", "Finley", "Greta", "Hollis", "Imani",
        "Jonah", "Kira", "Lionel", "Marisol", "Nolan", "Opal", "Pryce", "Quinn", "Rosalind",
        "Soren", "Tamsin", "Ulric", "Vesper", "Wendell", "Xiomara", "Yara", "Zane",
    ),
    "DE": (
        "Anselm", "Birte", "Carsten", "Dorle", "Elke", "Fiete", "Gesa", "Henrike", "Ilka",
        "Jost", "Kerstin", "Ludger", "Maike", "Nele", "Okka", "Piet", "Ruth", "Swantje",
        "Tjark", "Ulla", "Veit", "Wiebke",
    ),
    "PL": (
        "Alicja", "Bartosz", "Cezary", "Dorota", "Ewelina", "Filip", "Gosia", "Hubert", "Iga",
        "Jacek", "Kinga", "Leszek", "Milena", "Norbert", "Ola", "Patryk", "Renata", "Szymon",
        "Tola", "Urszula", "Wit", "Zofia",
    ),
}  # fmt: skip
LAST_NAMES = {
    "US": (
        "Alderbrook", "Brightwater", "Coldwell-Hay", "Dunmarrow", "Eastlake", "Fairhollow",
        "Greystone", "Hartsfield", "Ivorson", "Juniper", "Kestrelman", "Larkspur", "Millstone",
        "Northfield", "Oakhurst", "Pemberlin", "Quillfeather", "Ravenscar", "Stonebridge",
        "Thornquist", "Underhill", "Valecrest", "Wintergreen", "Yellowley",
    ),
    "DE": (
        "Ahornbach", "Birkental", "Deichmühl", "Eschenfeld", "Falkenried", "Grünwasser",
        "Heidebrook", "Immergrund", "Krähenhorst", "Lindenau-Voss", "Moorkamp", "Nebelstein",
        "Ostermoor", "Pappelhof", "Rosenwinkel", "Seebrink", "Tannhofer", "Uferland",
        "Weidenthal", "Zieselmark",
    ),
    "PL": (
        "Borowinek", "Czaplicz", "Dębogórska", "Gajewnik", "Jarzębiec", "Klonowicka",
        "Leszczyniak", "Malinowiec", "Niedźwiak", "Olszewnik", "Podleśna", "Rzeczniak",
        "Sosnowicz", "Topolnik", "Wierzbiniec", "Zielonogórska",
    ),
}  # fmt: skip
