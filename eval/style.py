"""How the report looks: one style sheet, for screen, telephone and paper."""

STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1c2733; font: 17px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.4rem; margin: 3rem 0 .75rem; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
h4 { font-size: .95rem; margin: 0 0 .5rem; }
.lead { font-size: 1.15rem; max-width: 46rem; }
svg { display: block; width: 100%; height: 1.6rem; }
.tiles { list-style: none; padding: 0; margin: 1.25rem 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
.tiles li { background: #f5f7f9; border-radius: 6px; padding: .75rem 1rem; line-height: 1.3; }
.tiles b { display: block; font-size: 2rem; line-height: 1.2; }
.tiles li:nth-child(2) b { color: #1d6b3a; }
.tiles li:nth-child(4) b { color: #b3261e; }
svg.chart { height: auto; max-width: 46rem; }
.key { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }
.key span { display: inline-block; width: .9em; height: .9em; margin-right: .4em;
  border-radius: 2px; vertical-align: -.05em; border: 1px solid #0003; }
.bars { width: 100%; border-collapse: collapse; margin-bottom: 1.5rem; }
.bars th { text-align: left; font-weight: normal; width: 34%; padding: .25rem 1rem .25rem 0; }
.bars small { display: block; color: #45525f; font-size: .8rem; line-height: 1.3; }
.bars td { padding: .25rem 0 .25rem .75rem; white-space: nowrap; }
.bars td:nth-child(2) { width: 42%; }
.bars td:nth-child(n+3) { text-align: right; font-variant-numeric: tabular-nums; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
article { border-left: 5px solid #c9ced4; padding: .25rem 0 .25rem 1.25rem; margin: 2rem 0;
  break-inside: avoid; }
article.answered_wrong { border-color: #b3261e; }
article.asked_wrong { border-color: #e3b95b; }
article h3 { margin: 0 0 .25rem; }
.about, .where { color: #45525f; font-size: .85rem; margin: 0 0 .25rem; }
.fault { margin: 0 0 .5rem; color: #8c1d18; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1rem; }
dt { color: #45525f; }
dd { margin: 0; overflow-wrap: anywhere; }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
  gap: 1.25rem; }
.beside section { background: #f5f7f9; padding: .75rem 1rem; border-radius: 4px; min-width: 0; }
blockquote { margin: 0 0 .75rem; padding-left: .75rem; border-left: 2px solid #b8c2cc;
  font-size: .9rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin-bottom: .75rem; }
.wide table { border-collapse: collapse; font-size: .8rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem; }
.wide th, .wide td { padding: .15rem .5rem; border-bottom: 1px solid #d9e0e6; text-align: right;
  font-variant-numeric: tabular-nums; font-weight: normal; vertical-align: bottom; }
.wide th[scope="row"] { text-align: left; }
.wide .did { font-size: 1rem; }
.did td.marked { background: #d7eadd; font-weight: 600; }
.wide thead th { color: #45525f; }
mark, .wide .marked > * { background: #ffe28a; }
@media (max-width: 40rem) {
  .bars th, .bars td:nth-child(2) { display: block; width: auto; padding-left: 0; }
  svg.chart text { font-size: 21px; }
  .wide .did { font-size: .8rem; }
  .bars tr { display: block; padding: .35rem 0; }
  .bars td { display: inline-block; padding-left: 0; padding-right: .75rem; }
}
@media print { main { max-width: none; padding: 0; } body { font-size: 11pt; } }
"""
