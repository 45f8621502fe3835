"""A municipality and a year become the blocks of a report: every chapter in order.

Also says what was planted on purpose: figures that disagree, a total that does not add up, orders
in a letter. It asks no questions (questions.py) and draws nothing (typeset.py).
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from samples import area_tables, indicator_tables, people_tables, staff_tables
from samples import tables as money
from samples.accounts import ACCOUNTS, REVISED, balance, books
from samples.blocks import Block, Heading, Items, Paragraph, SideBySide, TableBlock
from samples.headings import HEADINGS
from samples.indicators import TARGETS, finance_indicators, percent, reached, result
from samples.mess import messed
from samples.printing import say_millions, say_number, small
from samples.prose_bank import cause, sentence, sentences, told
from samples.services import AREAS, CHAPTERS, Area
from samples.staff import staff, total_sick
from samples.tables import Scene

FUND_TARGET = 7  # percent of the operating income


@dataclass(frozen=True, slots=True, kw_only=True)
class Plants:
    """What is wrong on purpose."""

    contradiction: bool = False  # the foreword gives another sick leave than the table
    broken_total: bool = False  # the man-years do not add up to their total
    orders: bool = False  # a quoted letter gives orders to machines, and holds a script


@dataclass(slots=True, kw_only=True)
class Draft:
    """The report so far. The one mutable thing here: it counts chapters and captions."""

    scene: Scene
    plants: Plants
    blocks: list[Block] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=lambda: [0, 0])
    table_count: int = 0
    chapter_tables: int = 0
    heading_path: str = ""

    def heading(self, level: int, key: str) -> None:
        """Open a chapter (1) or a section (2)."""
        text = HEADINGS[self.scene.m.language].get(key, key)
        if level == 1:
            self.numbers = [self.numbers[0] + 1, 0]
            self.chapter_tables = 0
            number = str(self.numbers[0])
            self.heading_path = f"{number} {text}" if self.scene.layout.numbered_headings else text
        else:
            self.numbers[1] += 1
            number = f"{self.numbers[0]}.{self.numbers[1]}"
        printed = number if self.scene.layout.numbered_headings else ""
        self.blocks.append(Heading(level=level, number=printed, text=text))

    def say(self, key: str, **slots: Any) -> str:
        """Add one of the fixed texts as a paragraph; returns what was written."""
        text = self.pick(key, **slots)
        self.blocks.append(Paragraph(text=text))
        return text

    def pick(self, key: str, **slots: Any) -> str:
        """One of the wordings of a fixed text, without adding it."""
        year = self.scene.year
        slots = {"year": year, "last": year - 1, "next": year + 1, **slots}
        turn = (year, self.numbers[0])
        return sentence(self.scene.m, key, turn=turn, **slots)

    def table(self, block: TableBlock) -> None:
        """Add a table with its caption number."""
        self.blocks.append(self.captioned(block))
        for note in block.table.notes:
            self.blocks.append(Paragraph(text=note, kind="note"))

    def pair(self, left: TableBlock, right: TableBlock) -> None:
        """Add two small tables, beside each other where the layout does so."""
        left, right = self.captioned(left), self.captioned(right)
        if self.scene.layout.side_by_side:
            self.blocks.append(SideBySide(left=left, right=right))
        else:
            self.blocks += [left, right]

    def captioned(self, block: TableBlock) -> TableBlock:
        """The block with its number in the caption and its id."""
        self.table_count += 1
        self.chapter_tables += 1
        form = self.scene.layout.caption_number
        if "1.1" in form:
            form = form.replace("1.1", f"{self.numbers[0]}.{self.chapter_tables}")
        else:
            form = form.replace("1", str(self.table_count))
        table = replace(
            block.table,
            id=f"t{self.table_count:02}",
            title=f"{form} {block.table.title}".strip(),
            heading=self.heading_path,
        )
        if self.scene.layout.messy:
            table = messed(table, self.scene.layout, f"{self.scene.m.slug}-{self.scene.year}")
        sentence = ""
        if self.scene.layout.caption == "sentence":
            title = block.table.title
            sentence = self.scene.word("shows").format(title=small(title))
        return replace(block, table=table, sentence=sentence)

    def millions(self, kroner: int) -> str:
        """An amount as the running text says it."""
        return say_millions(kroner, self.scene.m.language)


def write_chapters(scene: Scene, plants: Plants) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """All blocks of the report, and in words what was planted."""
    draft = Draft(scene=scene, plants=plants)
    _foreword(draft)
    _municipality(draft)
    _economy(draft)
    for area in CHAPTERS:
        _area(draft, area)
    _staff(draft)
    _order(draft)
    return tuple(draft.blocks), tuple(draft.contradictions)


def _foreword(draft: Draft) -> None:
    scene, b = draft.scene, books(draft.scene.m, draft.scene.year)
    draft.heading(1, "foreword")
    draft.say("foreword_open")
    side = "plus" if b["net_result"] >= 0 else "minus"
    share = say_number(abs(percent(b["net_result"], b["income"])))
    draft.say(f"foreword_result_{side}", amount=draft.millions(b["net_result"]), share=share)
    sick = total_sick(scene.m, scene.year)[2]
    if draft.plants.contradiction:
        shown = sick + Decimal("0.4")
        draft.contradictions.append(f"sick leave: {shown} in the foreword, {sick} in the table")
        sick = shown
    draft.say("foreword_sick", sick=say_number(sick))
    draft.say("foreword_work")
    draft.say("foreword_thanks")
    draft.say("foreword_close", people=say_number(scene.m.population(scene.year)))


def _municipality(draft: Draft) -> None:
    scene = draft.scene
    draft.heading(1, "municipality")
    draft.say("about")
    deviation = "deviation_good" if scene.layout.deviation_good else "deviation_bad"
    has = "deviation" in scene.layout.columns
    mark = draft.pick("mark_brackets" if scene.layout.minus == "()" else "mark_minus")
    draft.say(
        "reading",
        unit=scene.layout.unit_word.lower(),
        sign=draft.pick(f"sign_{scene.layout.signs}", mark=mark),
        deviation=draft.pick(deviation) if has else "",
    )
    draft.heading(2, "people")
    now, before = (scene.m.population(y) for y in (scene.year, scene.year - 1))
    way = draft.pick(
        "people_up" if now >= before else "people_down", n=say_number(abs(now - before))
    )
    draft.say("people_comment", people=say_number(now), change=way)
    draft.table(people_tables.ages(scene))
    draft.heading(2, "politics")
    draft.table(people_tables.meetings(scene))


def _economy(draft: Draft) -> None:
    scene = draft.scene
    b, before = books(scene.m, scene.year), books(scene.m, scene.year - 1)
    draft.heading(1, "economy")
    draft.heading(2, "operations")
    draft.say(
        "economy_income",
        income=draft.millions(b["income"]),
        growth=say_number(percent(b["income"] - before["income"], before["income"])),
        property_tax=draft.millions(b["property_tax"]),
    )
    draft.table(money.art(scene))
    draft.say(
        "economy_expense",
        expenses=draft.millions(b["expenses"]),
        purchases=draft.millions(b["purchases"]),
    )
    draft.say(
        "economy_finance",
        interest_out=draft.millions(b["interest_out"]),
        instalments=draft.millions(b["instalments"]),
    )
    draft.heading(2, "appropriations")
    draft.table(money.appropriations(scene))
    _all_areas(draft)
    draft.heading(2, "investments")
    spent, budget = b["inv_assets"], books(scene.m, scene.year, REVISED)["inv_assets"]
    draft.say("economy_invest", spent=draft.millions(spent), budget=draft.millions(budget))
    draft.table(money.investments(scene))
    draft.table(area_tables.project_list(scene))
    _position(draft)


def _all_areas(draft: Draft) -> None:
    scene = draft.scene
    draft.heading(2, "areas")
    draft.table(area_tables.areas(scene))
    over = {area.key: overspent(scene, area.key) for area in AREAS}
    named = {area.key: area.name(scene.m.language) for area in AREAS}
    draft.say(
        "economy_areas",
        n_over=sum(amount > 0 for amount in over.values()),
        n_all=len(over),
        worst=named[max(over, key=lambda key: over[key])],
        best=named[min(over, key=lambda key: over[key])],
    )
    draft.table(indicator_tables.per_head(scene))


def overspent(scene: Scene, key: str) -> int:
    """Kroner an area spent beyond its revised budget; negative when it spent less."""
    spent, budget = (books(scene.m, scene.year, name) for name in (ACCOUNTS, REVISED))
    return spent[f"area_{key}"] - budget[f"area_{key}"]


def _position(draft: Draft) -> None:
    scene = draft.scene
    draft.heading(2, "balance")
    sheet = balance(scene.m, scene.year)
    draft.table(money.balance_sheet(scene))
    fund_share = finance_indicators(scene.m, scene.year)[1]
    draft.say(
        "economy_fund",
        fund=draft.millions(sheet["disposition_fund"]),
        share=say_number(fund_share),
        target=FUND_TARGET,
    )
    draft.say("fund_reached" if fund_share >= FUND_TARGET else "fund_missed")
    per_head = round(sheet["loans"] / scene.m.population(scene.year))
    draft.say("economy_loans", loans=draft.millions(sheet["loans"]), per_head=say_number(per_head))
    draft.table(indicator_tables.finance(scene))
    draft.table(people_tables.guarantees(scene))
    draft.say("outlook")


def _area(draft: Draft, area: Area) -> None:
    scene = draft.scene
    draft.heading(1, area.name(scene.m.language))
    draft.say(f"intro_{area.key}")
    draft.heading(2, "area_economy")
    draft.table(area_tables.area_parts(scene, area))
    draft.blocks.append(Paragraph(text=area_comment(draft, area)))
    draft.heading(2, "area_kostra")
    draft.table(indicator_tables.kostra(scene, area))
    draft.say("kostra_comment")
    draft.heading(2, "area_targets")
    draft.table(indicator_tables.targets(scene, area))
    results = [(what, result(scene.m, scene.year, what)) for what in TARGETS[area.key]]
    hits = sum(value is not None and reached(what, value) for what, value in results)
    draft.say("targets_comment", all=len(results), n=hits)
    draft.heading(2, "area_events")
    draft.say("events_open")
    for story in told(scene.m, area.key, scene.year):
        draft.blocks.append(Paragraph(text=story.text))
    if area.key == "planning" and draft.plants.orders:
        draft.say("letter_intro")
        draft.blocks.append(Paragraph(text=draft.pick("letter"), kind="quote"))
        draft.say("letter_after")
        draft.contradictions.append("orders to machines and a script in a quoted letter")
    measures = indicator_tables.measures(scene, area)
    if measures:
        draft.table(measures)
    draft.heading(2, "area_outlook")
    slots = {"year": scene.year, "next": scene.year + 1}
    draft.blocks.append(Items(items=sentences(scene.m, f"challenges_{area.key}", **slots)))


def area_comment(draft: Draft, area: Area) -> str:
    """How much the area spent against its budget, and why."""
    scene, name = draft.scene, area.name(draft.scene.m.language)
    amount = overspent(scene, area.key)
    budget = books(scene.m, scene.year, REVISED)[f"area_{area.key}"]
    spent = draft.millions(budget + amount)
    key = "area_even" if amount == 0 else "area_over" if amount > 0 else "area_under"
    text = draft.pick(
        key,
        area=name,
        area_low=name[0].lower() + name[1:],
        spent=spent,
        amount=draft.millions(amount),
        share=say_number(abs(percent(amount, budget))),
    )
    if amount == 0:
        return text
    return f"{text} {cause(scene.m, area.key, scene.year, over=amount > 0).text}"


def _staff(draft: Draft) -> None:
    scene = draft.scene
    draft.heading(1, "staff")
    draft.heading(2, "posts")
    people = staff(scene.m, scene.year).values()
    posts = sum((s.posts for s in people), Decimal(0))
    employees = say_number(sum(s.employees for s in people))
    draft.say("staff_posts", posts=say_number(posts), employees=employees)
    draft.table(staff_tables.posts(scene, broken_total=draft.plants.broken_total))
    if draft.plants.broken_total:
        draft.contradictions.append("the total of the man-years is 10 too high")
    draft.pair(staff_tables.contracts(scene), staff_tables.leavers(scene))
    draft.heading(2, "sick")
    before, now = (total_sick(scene.m, y)[2] for y in (scene.year - 1, scene.year))
    key = "sick_up" if now > before else "sick_down" if now < before else "sick_same"
    draft.say(key, before=say_number(before), now=say_number(now))
    draft.table(staff_tables.sick_leave(scene))
    draft.heading(2, "equality")
    draft.table(staff_tables.pay_table(scene))
    draft.say("pay_comment")
    draft.say("equality")


def _order(draft: Draft) -> None:
    draft.heading(1, "order")
    for key in ("control", "emergency", "ethics"):
        draft.heading(2, key)
        draft.say(key)
