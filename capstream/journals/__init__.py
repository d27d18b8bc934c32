"""Journal files: one thin writer per ERP format over the canonical journal lines.

Nothing here decides: lines come balanced out of the warehouse (`fct_journal_lines`), and every
file is written as a draft that a person posts.
"""

from capstream.journals.files import JournalTarget, write_journals
from capstream.journals.lines import JournalEntry, JournalLine, journal_entries

__all__ = ["JournalEntry", "JournalLine", "JournalTarget", "journal_entries", "write_journals"]
