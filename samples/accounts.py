"""A municipality's books for a year: every accounting line, in kroner, for accounts and budgets.

`books(municipality, year, measure)` gives line -> kroner. Amounts are plain sizes (a cost of 5 is
5, an income of 5 is 5); only results carry a sign, and a surplus is positive. What is printed, with
which sign and in which unit, is for tables.py to decide.

Everything adds up: sums, the result, its disposal, the investments and their funding, the balance
sheet, and last year's closing balance is this year's opening balance.
"""

from functools import cache

from samples.draws import rng, to_grain, wobble
from samples.municipalities import Municipality
from samples.services import AREAS

Books = dict[str, int]

ACCOUNTS, REVISED, ORIGINAL = "accounts", "revised_budget", "original_budget"

FIRST_YEAR = 2019  # the opening balance is invented here; later years follow from it
PRICE_GROWTH = 1.046

# Kroner per inhabitant in 2022, and how much the accounts stray from trend and budget.
_PER_HEAD: dict[str, tuple[int, float]] = {
    "tax": (37_000, 0.012),
    "property_tax": (3_800, 0.01),
    "other_tax": (350, 0.08),
    "integration": (1_400, 0.12),
    "state_other": (2_800, 0.09),
    "transfers_in": (9_500, 0.04),
    "user_fees": (3_000, 0.03),
    "sales": (9_800, 0.02),
    "wages": (47_000, 0.006),
    "social": (11_500, 0.015),
    "transfers_out": (6_500, 0.03),
    "depreciation": (5_200, 0.01),
    "interest_in": (1_500, 0.08),
    "dividend": (1_100, 0.1),
    "gains": (300, 0.7),
    "interest_out": (3_800, 0.04),
    "instalments": (4_300, 0.01),
    "to_investment": (320, 0.3),
    "to_bound": (950, 0.15),
    "from_bound": (900, 0.15),
    "inv_grants_out": (190, 0.3),
    "inv_shares": (210, 0.05),
    "inv_grants_in": (900, 0.35),
    "inv_sales": (420, 0.5),
    "onlending": (1_500, 0.15),
    "onlending_instalments": (700, 0.05),
    "onlending_repaid": (760, 0.12),
}
_INVEST_PER_HEAD = 7_600


@cache
def books(m: Municipality, year: int, measure: str = ACCOUNTS) -> Books:
    """All lines of the operating and investment accounts for one year and measure."""
    b = {key: _leaf(m, key, year, measure) for key in _PER_HEAD}
    for area in AREAS:
        b[f"area_{area.key}"] = _area(m, area.key, year, measure)
    b["areas"] = sum(b[f"area_{area.key}"] for area in AREAS)
    b["block_grant"] = _block_grant(m, year, measure, b)
    _operate(b)
    _dispose(m, b)
    _invest(m, year, measure, b)
    return b


def _leaf(m: Municipality, key: str, year: int, measure: str) -> int:
    per_head, width = _PER_HEAD[key]
    amount = per_head * m.population(year) * PRICE_GROWTH ** (year - 2022)
    amount *= wobble(0.12, m.seed, key) * wobble(width, m.seed, key, year)
    if measure != ACCOUNTS:
        amount /= wobble(width, m.seed, key, year, "budget")
    if measure == ORIGINAL:
        amount *= 1 - rng(m.seed, key, year, "revision").uniform(0, 0.035)
    return to_grain(amount, m.grain)


def _area(m: Municipality, key: str, year: int, measure: str) -> int:
    cost = next(area.cost for area in AREAS if area.key == key)
    amount = cost * m.population(year) * PRICE_GROWTH ** (year - 2022)
    amount *= wobble(0.05, m.seed, key) * wobble(0.015, m.seed, key, year)
    if measure != ACCOUNTS:
        amount /= wobble(0.032, m.seed, key, year, "budget")
    if measure == ORIGINAL:
        amount *= 1 - rng(m.seed, key, year, "revision").uniform(0, 0.05)
    return to_grain(amount, m.grain)


def _block_grant(m: Municipality, year: int, measure: str, b: Books) -> int:
    """What the grant must be for the year to end with a believable result."""
    if measure != ACCOUNTS:
        drift = rng(m.seed, "block_grant", year, measure).uniform(0.002, 0.012)
        return to_grain(books(m, year)["block_grant"] * (1 - drift), m.grain)
    income_known = b["tax"] + b["property_tax"] + b["other_tax"] + b["integration"]
    finance = b["interest_out"] + b["instalments"] - b["interest_in"] - b["dividend"] - b["gains"]
    margin = rng(m.seed, "margin", year).uniform(-0.018, 0.03)
    turnover = 105_000 * m.population(year) * PRICE_GROWTH ** (year - 2022)
    return to_grain(b["areas"] + finance + margin * turnover - income_known, m.grain)


def _operate(b: Books) -> None:
    """Operating sums. Purchases are what is left of the services' net cost."""
    b["state_grants"] = b["integration"] + b["state_other"]
    other = b["state_other"] + b["transfers_in"] + b["user_fees"] + b["sales"]
    b["purchases"] = b["areas"] + other - b["wages"] - b["social"] - b["transfers_out"]
    b["general_other"] = b["other_tax"] + b["integration"]
    b["general"] = b["block_grant"] + b["tax"] + b["property_tax"] + b["general_other"]
    b["income"] = b["general"] + other
    b["net_expenses"] = b["areas"] + b["depreciation"]
    b["expenses"] = (
        b["wages"] + b["social"] + b["purchases"] + b["transfers_out"] + b["depreciation"]
    )
    b["gross_result"] = b["income"] - b["expenses"]
    incomes = b["interest_in"] + b["dividend"] + b["gains"]
    b["net_finance"] = b["interest_out"] + b["instalments"] - incomes
    b["depreciation_back"] = b["depreciation"]
    b["net_result"] = b["gross_result"] - b["net_finance"] + b["depreciation"]


def _dispose(m: Municipality, b: Books) -> None:
    """The result goes to investment and funds; the disposition fund takes what is left."""
    left = b["net_result"] - b["to_investment"] - b["to_bound"] + b["from_bound"]
    used = to_grain(b["from_bound"] * 0.4, m.grain)
    if left < 0:
        used -= left
    b["from_disposition"] = used
    b["to_disposition"] = left + used
    b["old_deficit"] = 0
    b["carried"] = 0
    b["disposal"] = -b["net_result"]


def _invest(m: Municipality, year: int, measure: str, b: Books) -> None:
    b["inv_assets"] = sum(amounts[measure] for _, amounts in projects(m, year))
    b["inv_loans_out"] = 0
    b["inv_instalments"] = 0
    b["inv_expenses"] = b["inv_assets"] + b["inv_grants_out"] + b["inv_shares"]
    b["inv_vat"] = to_grain(b["inv_assets"] * 0.13, m.grain)
    b["inv_shares_sold"] = 0
    fixed = b["inv_vat"] + b["inv_grants_in"] + b["inv_sales"] + b["to_investment"]
    b["inv_loans"] = max(0, b["inv_expenses"] - fixed)
    b["inv_income"] = b["inv_vat"] + b["inv_grants_in"] + b["inv_sales"] + b["inv_loans"]
    b["onlending_loans"] = b["onlending"]
    b["onlending_net"] = b["onlending_instalments"] - b["onlending_repaid"]
    left = b["inv_income"] + b["to_investment"] - b["inv_expenses"] - b["onlending_net"]
    b["to_inv_fund"] = max(0, left)
    b["from_inv_fund"] = max(0, -left)
    b["inv_transfers"] = b["to_investment"] - b["to_inv_fund"] + b["from_inv_fund"]
    b["inv_uncovered"] = 0


@cache
def projects(m: Municipality, year: int) -> tuple[tuple[str, dict[str, int]], ...]:
    """The year's investment projects: key -> what each measure says, in kroner."""
    chance = rng(m.seed, "projects", year)
    total = _INVEST_PER_HEAD * m.population(year) * PRICE_GROWTH ** (year - 2022)
    keys = PROJECT_KEYS
    weights = [rng(m.seed, "project", key).paretovariate(1.1) for key in keys]
    found = []
    for key, weight in zip(keys, weights, strict=True):
        spent = total * min(weight, 12) / sum(min(w, 12) for w in weights)
        spent *= chance.uniform(0.35, 1.5)
        # a project that never got going is where tables have empty cells
        idle = chance.random() < 0.12
        revised = to_grain(spent * chance.uniform(0.92, 1.35), m.grain)
        amounts = {
            ACCOUNTS: 0 if idle else to_grain(spent, m.grain),
            REVISED: revised,
            ORIGINAL: to_grain(revised * chance.uniform(0.8, 1.3), m.grain),
            "before": 0 if idle else to_grain(spent * chance.choice((0, 0.2, 0.8, 2)), m.grain),
        }
        found.append((key, amounts))
    return tuple(found)


PROJECT_KEYS = (
    "school_build", "school_yard", "kindergarten_build", "nursing_home", "care_homes", "pool",
    "water_main", "sewage_plant", "pump_stations", "road_light", "bridge", "harbour_or_hall",
    "solar", "vehicles", "ict", "welfare_tech", "playgrounds", "housing_social", "fire_station",
    "library", "ventilation", "accessibility", "survey_equipment", "cemetery", "footpath",
)  # fmt: skip


@cache
def balance(m: Municipality, year: int) -> Books:
    """The balance sheet at the end of the year, following from the year before."""
    if year <= FIRST_YEAR:
        return _opening(m)
    before, b = balance(m, year - 1), books(m, year)
    now = {
        "disposition_fund": before["disposition_fund"] + b["to_disposition"]
        - b["from_disposition"],
        "bound_fund": before["bound_fund"] + b["to_bound"] - b["from_bound"],
        "inv_fund": before["inv_fund"] + b["to_inv_fund"] - b["from_inv_fund"],
        "loans": before["loans"] + b["inv_loans"] + b["onlending_loans"] - b["instalments"]
        - b["onlending_instalments"],
        "buildings": before["buildings"] + b["inv_assets"] - b["depreciation"],
        "shares": before["shares"] + b["inv_shares"],
        "lent": before["lent"] + b["onlending"] - b["onlending_repaid"],
    }  # fmt: skip
    return _whole_balance(m, year, now)


def _opening(m: Municipality) -> Books:
    heads = {
        "disposition_fund": 7_400, "bound_fund": 2_900, "inv_fund": 1_300, "loans": 76_000,
        "buildings": 112_000, "shares": 9_500, "lent": 9_000,
    }  # fmt: skip
    now = {
        key: to_grain(amount * m.population(FIRST_YEAR) * wobble(0.3, m.seed, key), m.grain)
        for key, amount in heads.items()
    }
    return _whole_balance(m, FIRST_YEAR, now)


def _whole_balance(m: Municipality, year: int, now: Books) -> Books:
    people = m.population(year) * PRICE_GROWTH ** (year - 2022)
    heads = {
        "equipment": 7_200, "pension_assets": 118_000, "receivables": 7_800, "premium": 6_900,
        "cash": 14_500, "pension_debt": 126_000, "payables": 6_100, "short_other": 8_300,
        "unbound_inv_fund": 2_100,
    }  # fmt: skip
    for key, amount in heads.items():
        now[key] = to_grain(amount * people * wobble(0.06, m.seed, key, year), m.grain)
    now["fixed_tangible"] = now["buildings"] + now["equipment"]
    now["fixed_financial"] = now["shares"] + now["lent"]
    now["fixed"] = now["fixed_tangible"] + now["fixed_financial"] + now["pension_assets"]
    now["current"] = now["receivables"] + now["premium"] + now["cash"]
    now["assets"] = now["fixed"] + now["current"]
    now["long_debt"] = now["loans"] + now["pension_debt"]
    now["short_debt"] = now["payables"] + now["short_other"]
    now["operating_equity"] = now["disposition_fund"] + now["bound_fund"]
    now["investment_equity"] = now["unbound_inv_fund"] + now["inv_fund"]
    known = now["operating_equity"] + now["investment_equity"]
    now["capital_account"] = now["assets"] - now["long_debt"] - now["short_debt"] - known
    now["equity"] = known + now["capital_account"]
    now["equity_and_debt"] = now["equity"] + now["long_debt"] + now["short_debt"]
    return now
