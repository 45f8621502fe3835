# ruff: noqa: E501 - a line of the list is a line of the report
"""The printed names of accounting lines, in both kinds of Norwegian, and which way they point.

`kind`: income, expense, or result (signed, a surplus is positive). The order is the order of print.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One accounting line; `total` for a sum of others."""

    key: str
    kind: str
    nb: str
    nn: str
    en: str
    total: bool = False

    def label(self, language: str) -> str:
        """The line's name in the report's language."""
        return self.nn if language == "nn" else self.nb


Group = tuple[tuple[str, str], tuple[Line, ...]]


def _lines(text: str) -> tuple[Line, ...]:
    """Read `key; kind; nb; nn; en` lines; a key that starts with = is a total."""
    found = []
    for line in text.strip().splitlines():
        key, kind, nb, nn, en = (part.strip() for part in line.split(";"))
        total = key.startswith("=")
        found.append(Line(key=key.lstrip("="), kind=kind, nb=nb, nn=nn, en=en, total=total))
    return tuple(found)


_FINANCE = """
interest_in; income; Renteinntekter; Renteinntekter; interest income
dividend; income; Utbytter; Utbyte; dividends
gains; income; Gevinster og tap på finansielle omløpsmidler; Gevinstar og tap på finansielle omløpsmiddel; gains and losses on financial current assets
interest_out; expense; Renteutgifter; Renteutgifter; interest expenses
instalments; expense; Avdrag på lån; Avdrag på lån; loan instalments
=net_finance; expense; Netto finansutgifter; Netto finansutgifter; net financial expenses
depreciation_back; income; Motpost avskrivninger; Motpost avskrivingar; depreciation contra entry
=net_result; result; Netto driftsresultat; Netto driftsresultat; net operating result
"""
_DISPOSAL = """
to_investment; expense; Overføring til investering; Overføring til investering; transfer to investment
to_bound; expense; Avsetninger til bundne driftsfond; Avsetjingar til bundne driftsfond; allocations to earmarked operating funds
from_bound; income; Bruk av bundne driftsfond; Bruk av bundne driftsfond; use of earmarked operating funds
to_disposition; expense; Avsetninger til disposisjonsfond; Avsetjingar til disposisjonsfond; allocations to the discretionary fund
from_disposition; income; Bruk av disposisjonsfond; Bruk av disposisjonsfond; use of the discretionary fund
old_deficit; expense; Dekning av tidligere års merforbruk; Dekking av meirforbruk frå tidlegare år; coverage of earlier deficits
=disposal; result; Sum disponeringer eller dekning av netto driftsresultat; Sum disponeringar eller dekking av netto driftsresultat; total disposal of the net operating result
=carried; result; Fremført til inndekning i senere år (merforbruk); Framført til inndekking i seinare år (meirforbruk); carried forward deficit
"""

ART: tuple[Group, ...] = (
    (("Driftsinntekter", "Driftsinntekter"), _lines("""
block_grant; income; Rammetilskudd; Rammetilskot; block grant
tax; income; Inntekts- og formuesskatt; Inntekts- og formuesskatt; income and wealth tax
property_tax; income; Eiendomsskatt; Eigedomsskatt; property tax
other_tax; income; Andre skatteinntekter; Andre skatteinntekter; other tax income
state_grants; income; Andre overføringer og tilskudd fra staten; Andre overføringar og tilskot frå staten; other transfers and grants from the state
transfers_in; income; Overføringer og tilskudd fra andre; Overføringar og tilskot frå andre; transfers and grants from others
user_fees; income; Brukerbetalinger; Brukarbetalingar; user fees
sales; income; Salgs- og leieinntekter; Sals- og leigeinntekter; sales and rental income
=income; income; Sum driftsinntekter; Sum driftsinntekter; total operating income
""")),
    (("Driftsutgifter", "Driftsutgifter"), _lines("""
wages; expense; Lønnsutgifter; Lønsutgifter; wage expenses
social; expense; Sosiale utgifter; Sosiale utgifter; social expenses
purchases; expense; Kjøp av varer og tjenester; Kjøp av varer og tenester; purchases of goods and services
transfers_out; expense; Overføringer og tilskudd til andre; Overføringar og tilskot til andre; transfers and grants to others
depreciation; expense; Avskrivninger; Avskrivingar; depreciation
=expenses; expense; Sum driftsutgifter; Sum driftsutgifter; total operating expenses
=gross_result; result; Brutto driftsresultat; Brutto driftsresultat; gross operating result
""")),
    (("Finansinntekter og finansutgifter", "Finansinntekter og finansutgifter"), _lines(_FINANCE)),
    (("Disponering eller dekning av netto driftsresultat",
      "Disponering eller dekking av netto driftsresultat"), _lines(_DISPOSAL)),
)  # fmt: skip

DRIFT: tuple[Group, ...] = (
    (("", ""), _lines("""
block_grant; income; Rammetilskudd; Rammetilskot; block grant
tax; income; Inntekts- og formuesskatt; Inntekts- og formuesskatt; income and wealth tax
property_tax; income; Eiendomsskatt; Eigedomsskatt; property tax
general_other; income; Andre generelle driftsinntekter; Andre generelle driftsinntekter; other general operating income
=general; income; Sum generelle driftsinntekter; Sum generelle driftsinntekter; total general operating income
areas; expense; Sum bevilgninger drift, netto; Sum løyvingar drift, netto; total net operating appropriations
depreciation; expense; Avskrivninger; Avskrivingar; depreciation
=net_expenses; expense; Sum netto driftsutgifter; Sum netto driftsutgifter; total net operating expenses
=gross_result; result; Brutto driftsresultat; Brutto driftsresultat; gross operating result
""" + _FINANCE.lstrip() + _DISPOSAL.lstrip())),
)  # fmt: skip

INVEST: tuple[Group, ...] = (
    (("", ""), _lines("""
inv_assets; expense; Investeringer i varige driftsmidler; Investeringar i varige driftsmiddel; investments in fixed assets
inv_grants_out; expense; Tilskudd til andres investeringer; Tilskot til investeringane til andre; grants to others' investments
inv_shares; expense; Investeringer i aksjer og andeler i selskaper; Investeringar i aksjar og delar i selskap; investments in shares
inv_loans_out; expense; Utlån av egne midler; Utlån av eigne midlar; loans of own funds
inv_instalments; expense; Avdrag på lån; Avdrag på lån; instalments
=inv_expenses; expense; Sum investeringsutgifter; Sum investeringsutgifter; total investment expenses
inv_vat; income; Kompensasjon for merverdiavgift; Kompensasjon for meirverdiavgift; VAT compensation
inv_grants_in; income; Tilskudd fra andre; Tilskot frå andre; grants from others
inv_sales; income; Salg av varige driftsmidler; Sal av varige driftsmiddel; sale of fixed assets
inv_shares_sold; income; Salg av finansielle anleggsmidler; Sal av finansielle anleggsmiddel; sale of financial fixed assets
inv_loans; income; Bruk av lån; Bruk av lån; use of loans
=inv_income; income; Sum investeringsinntekter; Sum investeringsinntekter; total investment income
onlending; expense; Videreutlån; Vidareutlån; on-lending
onlending_loans; income; Bruk av lån til videreutlån; Bruk av lån til vidareutlån; use of loans for on-lending
onlending_instalments; expense; Avdrag på lån til videreutlån; Avdrag på lån til vidareutlån; instalments on loans for on-lending
onlending_repaid; income; Mottatte avdrag på videreutlån; Mottekne avdrag på vidareutlån; instalments received on on-lending
=onlending_net; expense; Netto utgifter videreutlån; Netto utgifter vidareutlån; net on-lending expenses
to_investment; income; Overføring fra drift; Overføring frå drift; transfer from operations
to_inv_fund; expense; Avsetninger til bundne investeringsfond; Avsetjingar til bundne investeringsfond; allocations to earmarked investment funds
from_inv_fund; income; Bruk av bundne investeringsfond; Bruk av bundne investeringsfond; use of earmarked investment funds
=inv_transfers; income; Sum overføring fra drift og netto avsetninger; Sum overføring frå drift og netto avsetjingar; total transfers from operations and net allocations
=inv_uncovered; result; Fremført til inndekning i senere år (udekket beløp); Framført til inndekking i seinare år (udekt beløp); carried forward uncovered amount
""")),
)  # fmt: skip

BALANCE: tuple[Group, ...] = (
    (("Anleggsmidler", "Anleggsmiddel"), _lines("""
buildings; asset; Faste eiendommer og anlegg; Faste eigedomar og anlegg; real estate and facilities
equipment; asset; Utstyr, maskiner og transportmidler; Utstyr, maskiner og transportmiddel; equipment and vehicles
shares; asset; Aksjer og andeler; Aksjar og delar; shares
lent; asset; Utlån; Utlån; loans granted
pension_assets; asset; Pensjonsmidler; Pensjonsmidlar; pension assets
=fixed; asset; Sum anleggsmidler; Sum anleggsmiddel; total fixed assets
""")),
    (("Omløpsmidler", "Omløpsmiddel"), _lines("""
cash; asset; Bankinnskudd; Bankinnskot; bank deposits
receivables; asset; Kortsiktige fordringer; Kortsiktige fordringar; short-term receivables
premium; asset; Premieavvik; Premieavvik; premium deviation
=current; asset; Sum omløpsmidler; Sum omløpsmiddel; total current assets
=assets; asset; Sum eiendeler; Sum eigedelar; total assets
""")),
    (("Egenkapital", "Eigenkapital"), _lines("""
disposition_fund; debt; Disposisjonsfond; Disposisjonsfond; the discretionary fund
bound_fund; debt; Bundne driftsfond; Bundne driftsfond; earmarked operating funds
unbound_inv_fund; debt; Ubundet investeringsfond; Ubunde investeringsfond; unrestricted investment fund
inv_fund; debt; Bundne investeringsfond; Bundne investeringsfond; earmarked investment funds
capital_account; debt; Kapitalkonto; Kapitalkonto; the capital account
=equity; debt; Sum egenkapital; Sum eigenkapital; total equity
""")),
    (("Langsiktig gjeld", "Langsiktig gjeld"), _lines("""
loans; debt; Gjeld til kredittinstitusjoner; Gjeld til kredittinstitusjonar; debt to credit institutions
pension_debt; debt; Pensjonsforpliktelse; Pensjonsplikter; pension liabilities
=long_debt; debt; Sum langsiktig gjeld; Sum langsiktig gjeld; total long-term debt
""")),
    (("Kortsiktig gjeld", "Kortsiktig gjeld"), _lines("""
payables; debt; Leverandørgjeld; Leverandørgjeld; trade payables
short_other; debt; Annen kortsiktig gjeld; Anna kortsiktig gjeld; other short-term debt
=short_debt; debt; Sum kortsiktig gjeld; Sum kortsiktig gjeld; total short-term debt
=equity_and_debt; debt; Sum egenkapital og gjeld; Sum eigenkapital og gjeld; total equity and debt
""")),
)  # fmt: skip

ALL = {
    line.key: line
    for groups in (ART, DRIFT, INVEST, BALANCE)
    for _, lines in groups
    for line in lines
}
