"""The workbook that reply sheets are written in: shared formats, protected sheets, answer cells with limits.

Cells without answers are locked, without a password; answer cells are yellow, limited and carry the help text.
"""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from typing import Any

from fotfeste.messages import Locale, Message, language, msg
from fotfeste.settlement.reply_form import NO_LIMIT, FormField, load_reply_form

INK, GREY, PALE, YELLOW = "#1E2B3C", "#6B7280", "#EEF1F5", "#FFF7D6"
MESSAGE_LIMIT, TITLE_LIMIT = 255, 32
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
TEXT_LIMIT = 4000


class AnswerBook:
    """A workbook under way with the formats that all sheets share."""

    def __init__(self, issued: date, title: str, locale: Locale) -> None:
        import xlsxwriter

        self.locale: Locale = locale
        self.title = title
        self.words = language(locale)
        self._stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self._stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.book.set_properties(
            {"title": title, "author": "Fotfeste", "created": datetime.combine(issued, time(), UTC)}
        )
        top = {"valign": "top", "font_color": INK}
        box = {**top, "bg_color": YELLOW, "border": 1, "border_color": "#B8A24A", "locked": False}
        self.plain = self.book.add_format(top)
        self.wrapped = self.book.add_format({**top, "text_wrap": True})
        self.strong = self.book.add_format({**top, "bold": True, "text_wrap": True})
        self.heading = self.book.add_format({**top, "bold": True, "font_size": 16})
        self.band = self.book.add_format({**top, "bold": True, "bg_color": PALE})
        self.head = self.book.add_format(
            {**top, "bold": True, "bg_color": PALE, "text_wrap": True, "bottom": 1}
        )
        self.machine = self.book.add_format({**top, "font_color": GREY, "font_size": 8})
        self.help = self.book.add_format({**top, "font_color": GREY, "text_wrap": True, "indent": 1})
        self.answers = {
            "persons": self.book.add_format({**box, "num_format": "#,##0", "align": "right"}),
            "text": self.book.add_format({**box, "num_format": "@", "text_wrap": True}),
            "role": self.book.add_format({**box, "num_format": "@", "text_wrap": True}),
            "date": self.book.add_format({**box, "num_format": "dd.mm.yyyy", "align": "left"}),
        }

    def say(self, message: Message) -> str:
        """Return a message in the language of the workbook."""
        return self.words.text(message)

    def add(self, name: Message, *, landscape: bool) -> Any:
        """Return a new protected sheet, set up for A4 with its name and page number in the footer."""
        sheet = self.book.add_worksheet(self.say(name))
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer(f"&L{self.title.replace('&', '&&')}&R&P / &N")
        if landscape:
            sheet.set_landscape()
        sheet.protect("", {"format_rows": True, "format_columns": True, "sort": True, "autofilter": True})
        return sheet

    def answer(self, sheet: Any, row: int, column: int, one: FormField, value: object) -> None:
        """Write an answer cell with its limits and its help; ``None`` leaves it open."""
        form = self.answers[one.kind]
        if value is None:
            sheet.write_blank(row, column, None, form)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time()), form)
        elif value == NO_LIMIT and one.no_limit:
            sheet.write_string(row, column, load_reply_form().no_limit[self.locale], form)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, form)
        else:
            sheet.write_string(row, column, str(value), form)
        sheet.data_validation(row, column, row, column, self._limits(one, row, column))

    def _limits(self, one: FormField, row: int, column: int) -> dict[str, object]:
        shown = {
            "ignore_blank": True,
            "input_title": one.label[self.locale][:TITLE_LIMIT],
            "input_message": one.help[self.locale][:MESSAGE_LIMIT],
            "error_title": self.say(msg("Sjekk svaret"))[:TITLE_LIMIT],
        }
        if one.no_limit:
            return {**shown, **self._number_or_no_limit(one, row, column)}
        if one.kind == "persons":
            whole = msg(
                "Skriv et helt tall fra 0 til {most}. La feltet stå tomt når dere ikke vet.", most=one.most
            )
            return {
                **shown,
                "validate": "integer",
                "criteria": "between",
                "minimum": 0,
                "maximum": one.most,
                "error_message": self.say(whole)[:MESSAGE_LIMIT],
            }
        if one.kind == "date":
            return {
                **shown,
                "validate": "date",
                "criteria": "between",
                "minimum": EARLIEST,
                "maximum": LATEST,
                "error_message": self.say(msg("Skriv en dato slik: 15.12.2026.")),
            }
        return {
            **shown,
            "validate": "length",
            "criteria": "<=",
            "value": TEXT_LIMIT,
            "error_message": self.say(msg("Teksten kan ha høyst {most} tegn.", most=TEXT_LIMIT)),
        }

    def _number_or_no_limit(self, one: FormField, row: int, column: int) -> dict[str, object]:
        from xlsxwriter.utility import xl_rowcol_to_cell

        cell, words = xl_rowcol_to_cell(row, column), load_reply_form().no_limit[self.locale]
        told = msg(
            "Skriv et helt tall fra 0 til {most}, eller «{no_limit}». La feltet stå tomt når dere ikke vet.",
            most=one.most,
            no_limit=words,
        )
        whole = f"AND({cell}>=0,{cell}<={one.most},INT({cell})={cell})"
        return {
            "validate": "custom",
            "value": f'=IF(ISNUMBER({cell}),{whole},LOWER(TRIM({cell}))="{words}")',
            "error_message": self.say(told)[:MESSAGE_LIMIT],
        }

    def close(self) -> bytes:
        """Return the finished workbook."""
        self.book.close()
        return self._stream.getvalue()
