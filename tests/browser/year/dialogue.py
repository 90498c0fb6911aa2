"""From an open round to delivered replies: deadlines, a partner's survey, forms, sheets, questions, meetings, needs."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.year import files
from tests.browser.year.cast import SOON, Year
from tests.browser.year.people import PARTNER

HOUSING, SURVEYED = 35, 41
WISH_NOTE = "Boligene blir ledige om høsten."
ROLE = "Kommunalsjef"


def open_the_round(year: Year, axe: str) -> None:
    """The adviser opens the round, sets the deadline, lets the partner in, and asks the municipalities."""
    adviser = year.adviser
    adviser.go("/bosetting/ny/")
    adviser.fill(id_year=year.year, id_total=year.where.total)
    adviser.send_twice()
    expect(adviser.page).to_have_url(adviser.seen.address + adviser.round + "arbeid/")
    adviser.accessible(axe)
    _reply_by(year, 1)
    adviser.go("arbeid/deling/")
    adviser.page.locator(f'input[name=organisations][value="{PARTNER}"]').check()
    adviser.send()
    adviser.take_step("dialogue")
    adviser.go("dialog/")
    rows = adviser.page.locator("main tbody tr")
    expect(rows).to_have_count(len(year.where.names))


def _reply_by(year: Year, days: int) -> None:
    year.adviser.go("arbeid/frister/")
    year.adviser.fill(id_reply=year.today + timedelta(days=days))
    year.adviser.send()


def partner_tells_what_is_asked_already(year: Year) -> None:
    """The partner's survey is attached with its answers, and the partner sees nothing of the replies."""
    partner, code = year.partner, year.where.first
    partner.go("innspill/")
    partner.fill(id_title="Kartlegging av boliger", id_text="Kommunene er spurt om ledige boliger.")
    partner.send()
    partner.page.locator("#felt").select_option("housing")
    partner.send("main form[method=get] button[type=submit]")
    partner.fill(**{f"id_svar_{code}": SURVEYED})
    partner.send()
    partner.see("main table", str(SURVEYED))
    partner.hand_in("#fil-vedlegg", "kartlegging.pdf", files.PDF)
    partner.see("section[aria-labelledby=vedlegg] a[download]", "kartlegging.pdf")
    partner.go(f"dialog/{code}/", 403, 404)
    partner.go("avveiing/", 403, 404)


def first_fills_in_the_form(year: Year, axe: str) -> None:
    """The form is kept while it is typed and through a session that ends, and is delivered once though it is sent twice."""
    first, address = year.first, f"dialog/{year.where.first}/"
    first.go(address)
    first.accessible(axe)
    first.see(".reply-row:has([name=svar_housing])", str(SURVEYED))
    first.fill(svar_housing=HOUSING)
    first.see("#kladd p:not(.ds-validation-message)")
    first.page.reload(wait_until="load")
    expect(first.page.locator("[name=svar_housing]")).to_have_value(str(HOUSING))
    held = first.sign_out_silently()
    first.seen.expected |= {401}
    first.fill(svar_wish_note=WISH_NOTE)
    first.see("#kladd .ds-validation-message")
    expect(first.page.locator("[name=svar_wish_note]")).to_have_value(WISH_NOTE)
    first.send("button[form=svar][value=lagre]")
    assert "/konto/logg-inn/" in first.page.url
    first.sign_in_again(held)
    first.go(address)
    expect(first.page.locator("[name=svar_wish_note]")).to_have_value(WISH_NOTE)
    first.fill(svar_own_wish=30, svar_approved_by=ROLE)
    first.send("button[form=svar][value=lever]", 422)  # the day of the approval lacks
    first.told_off()
    first.page.locator("[name=svar_approved_on]").fill(f"{year.today:%d.%m.%Y}")
    first.send_twice("button[form=svar][value=lever]")
    expect(first.page.locator("#levert")).to_be_visible(timeout=SOON)
    expect(first.page.locator("#leveringer")).to_have_count(0)  # a list only when there is more than one
    first.see("main", WISH_NOTE)


def bad_files_are_refused(year: Year) -> None:
    """What lies about its kind, unpacks to far too much, computes or fetches from outside is refused in words."""
    second, address = year.second, f"dialog/{year.where.second}/"
    second.go(address)
    for name, content in (("boligplan.pdf", files.picture()), ("boligplan.docx", files.bomb())):
        second.hand_in("#fil-vedlegg", name, content, 422)
        second.told_off()
        expect(second.page.locator("main a[href*='/vedlegg/'][download]")).to_have_count(0)
    second.hand_in("#fil-vedlegg", "boligplan.pdf", files.PDF)
    second.see("main a[href*='/vedlegg/'][download]", "boligplan.pdf")
    sheet = second.fetch('a[href$="svarskjema.xlsx"]')
    formula = files.filled_in(sheet, {"housing": '=HYPERLINK("https://example.org",30)'})
    for content in (formula, files.with_link_outside(sheet), files.bomb()):
        second.go(address)
        second.hand_in("#fil-skjema", "svarskjema.xlsx", content, 422)
        second.told_off()


def question_and_answer(year: Year) -> None:
    """The contact asks, the county answers, and the contact reads it; a question sent twice is one."""
    first, adviser, address = year.first, year.adviser, f"dialog/{year.where.first}/"
    asked, answered = "Skal boliger som blir ledige i desember, regnes med?", "Ja, ta dem med."
    first.go(address)
    first.page.locator("#felt").select_option("housing")
    first.page.locator("#tekst").fill(asked)
    first.send_twice("form:has(#felt) button[type=submit]")
    expect(first.page.locator("article.thread")).to_have_count(1)
    adviser.go(address)
    thread = adviser.see("article.thread", asked)
    thread.locator("summary").click()
    thread.locator("textarea").fill(answered)
    adviser.send("article.thread form button[type=submit]")
    first.go(address)
    first.see("article.thread", answered)


def meeting_and_need(year: Year) -> None:
    """A meeting with minutes, a need with an owner that comes of it, and the minutes shared with the municipality."""
    adviser, first, meetings = year.adviser, year.first, f"dialog/{year.where.first}/moter/"
    need = "Flere plasser i voksenopplæringen om våren"
    adviser.go(meetings)
    adviser.fill(id_day=year.today, id_time="09:00", id_length=45, id_place="video")
    adviser.send()
    adviser.go(f"{meetings}1/referat/")
    adviser.fill(
        id_met_on=year.today, id_participants_municipality=ROLE, id_participants_county="Rådgiver",
        id_capacity_said=33, id_note="Kommunen har flere boliger fra våren av.",
    )  # fmt: skip
    adviser.send("button[name=draft]")
    adviser.go(f"{meetings}1/referat/behov/")
    adviser.fill(id_text=need, id_due=year.today + timedelta(days=30))
    adviser.page.locator("#id_theme").select_option("adult_education")
    owners = adviser.page.locator("#id_owner option")
    mine = next(one for one in owners.all() if "Ragna" in (one.text_content() or ""))
    adviser.page.locator("#id_owner").select_option(mine.get_attribute("value"))
    adviser.page.locator("#id_shared").check()
    adviser.send()
    adviser.go(f"{meetings}1/referat/")
    adviser.see("main", need)
    adviser.send("button[name=hold]")
    adviser.go(f"{meetings}1/")
    adviser.send('form[action$="deling/"] button[type=submit]')
    adviser.go("behov/")
    adviser.see("main tbody tr", "Ragna Rådgiver")
    first.go(f"{meetings}1/")
    first.see("#referat")
    first.see("main", need)


def second_answers_late_in_a_sheet(year: Year) -> None:
    """After the deadline the other municipality hands in its sheet: it was asked too late, and is not said to be late."""
    _reply_by(year, -1)
    second, adviser, address = year.second, year.adviser, f"dialog/{year.where.second}/"
    second.go(address)
    sheet = second.fetch('a[href$="svarskjema.xlsx"]')
    answers = {"housing": 12, "own_wish": 10, "approved_by": ROLE, "approved_on": year.today}
    second.hand_in("#fil-skjema", "svarskjema.xlsx", files.filled_in(sheet, answers))
    second.send("form:has(input[name=vist]) button[type=submit]")
    expect(second.page.locator("[name=svar_housing]")).to_have_value("12")
    second.send("button[form=svar][value=lever]")
    second.see("#levert")
    expect(second.page.locator("main .ds-tag[data-color=warning]")).to_have_count(0)
    adviser.go("dialog/")
    adviser.see('main a[href$="arbeid/frister/"]')  # and the county is led to a deadline that can be met
    silent = adviser.page.locator("main tbody tr", has_text=year.where.names[year.where.silent])
    expect(
        silent.locator('a[href*="invitasjoner"]')
    ).to_be_visible()  # nobody there to ask, and it never answers
