/** The page's look. Sites have eight colours that differ also in lightness; what is lost is hatched or crossed as well as red. */
export const STYLE = `
:root {
  --ground: #f5f6f8; --card: #fff; --text: #17202c; --muted: #5c6878; --line: #dfe4ea; --faint: #eef1f5;
  --accent: #2a5bd7; --good: #15803d; --bad: #c81e2b; --warn: #e0a100; --on-site: #fff;
  --site-0: #2f66d0; --site-1: #b45f06; --site-2: #0b7d6c; --site-3: #7c3fc4;
  --site-4: #b8327a; --site-5: #5b7410; --site-6: #75512f; --site-7: #4c6178;
  --shadow: 0 1px 2px rgb(20 30 50 / .06), 0 4px 16px rgb(20 30 50 / .05);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e131a; --card: #161d27; --text: #e6ecf3; --muted: #97a4b5; --line: #2b3644; --faint: #1e2733;
    --accent: #7da6ff; --good: #4cc57c; --bad: #ff6470; --warn: #ffd24d; --on-site: #0b1016;
    --site-0: #6c9dff; --site-1: #f0a24a; --site-2: #3cc2ab; --site-3: #b78df5;
    --site-4: #f179b6; --site-5: #b1cd55; --site-6: #cfa27a; --site-7: #9eb2c9;
    --shadow: none;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 8px; }
footer { max-width: 1180px; margin: 0 auto; padding: 8px 24px 40px; color: var(--muted); font-size: 13px; }
h1 { margin: 0; font-size: 30px; line-height: 1.2; letter-spacing: -.015em; }
h2 { margin: 40px 0 12px; font-size: 19px; letter-spacing: -.005em; }
h3 { margin: 0; font-size: 17px; }
h4 { margin: 20px 0 6px; font-size: 14px; font-weight: 600; }
small { font-size: 12.5px; color: var(--muted); font-weight: 400; }
code { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.muted { color: var(--muted); }
.bad { color: var(--bad); }
.card, .tile, #who-answered { background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); }
.card { padding: 18px 20px; margin-bottom: 16px; }
#who-answered { padding: 18px 20px 22px; margin-top: 24px; }
#who-answered h2 { margin: 0 0 6px; }
.top { display: flex; gap: 24px; align-items: flex-start; justify-content: space-between; }
.description { margin: 8px 0 0; max-width: 72ch; color: var(--muted); }
.verdict { margin: 0; padding: 8px 18px; border-radius: 999px; font-size: 18px; font-weight: 700; white-space: nowrap; border: 2px solid; }
.verdict.pass { color: var(--good); } .verdict.fail { color: var(--bad); }
.facts { display: flex; flex-wrap: wrap; gap: 6px 22px; margin: 18px 0 20px; font-size: 13.5px; }
.facts div { display: flex; gap: 6px; } .facts dt { color: var(--muted); } .facts dd { margin: 0; font-weight: 500; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 14px; }
.tile { padding: 14px 18px; } .tile p { margin: 0; font-size: 13px; } .tile > p:first-child { color: var(--muted); }
.tile b { font-size: 25px; letter-spacing: -.01em; line-height: 1.4; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 0 10px; padding: 0; list-style: none; font-size: 13px; color: var(--muted); }
.legend li { display: flex; align-items: center; gap: 6px; }
.swatch { display: inline-block; width: 14px; height: 14px; border-radius: 3px; background: var(--site, var(--muted)); }
.swatch.lost { background: repeating-linear-gradient(45deg, var(--bad) 0 3px, color-mix(in srgb, var(--bad) 45%, var(--card)) 3px 5px); }
.swatch.thinned { height: 5px; background: var(--text); } .swatch.least { background: var(--bad); opacity: .45; } .swatch.most { background: var(--bad); opacity: .16; }
.swatch.capacity { height: 0; border-top: 2px dashed var(--text); border-radius: 0; } .swatch.plain { background: var(--muted); }
.badge { display: inline-grid; place-items: center; min-width: 22px; height: 22px; padding: 0 5px; border-radius: 11px; background: var(--text); color: var(--card); font: 700 12px/1 system-ui, sans-serif; }
.legend .badge { min-width: 18px; height: 18px; font-size: 11px; }
.picture { position: relative; display: grid; grid-template-columns: 206px 1fr; }
.names { position: relative; } .picture .name { position: absolute; left: 0; right: 12px; display: flex; flex-direction: column; justify-content: center; line-height: 1.25; }
.name > span { display: flex; justify-content: space-between; gap: 8px; font-size: 13.5px; }
.name b { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.name .stream { color: var(--muted); white-space: nowrap; margin-left: auto; flex-shrink: 0; max-width: 100%; overflow: hidden; text-overflow: ellipsis; }
.name small { text-align: right; white-space: nowrap; }
.track { position: relative; min-width: 0; }
svg { display: block; overflow: visible; } svg svg { overflow: hidden; }
svg text { fill: var(--text); font-size: 12px; } svg .tick { fill: var(--muted); font-size: 11.5px; }
.grid { stroke: var(--line); } .ground { fill: var(--faint); }
.site { fill: var(--site); } svg .label { fill: var(--on-site); font-weight: 600; }
rect.lost { fill: url(#hatch); stroke: var(--bad); stroke-width: 2.5; } rect.beyond { fill: url(#hatch); }
#hatch .solid { fill: color-mix(in srgb, var(--bad) 45%, var(--card)); } #hatch .line { fill: var(--bad); }
rect.thinned { fill: var(--text); stroke: var(--text); stroke-width: 2; }
.flag { cursor: pointer; } .flag svg { overflow: visible; } line.moment, line.instant { stroke: var(--text); stroke-dasharray: 3 3; opacity: .55; }
.flag rect { fill: var(--text); } svg .flag text { fill: var(--card); font-weight: 700; font-size: 11.5px; }
.flag:hover rect { fill: var(--accent); }
line.instant { stroke-dasharray: none; stroke-width: 1.5; opacity: .8; }
line.sight { stroke: var(--accent); stroke-dasharray: 4 3; } svg text.sight { fill: var(--accent); }
rect.most { fill: var(--bad); opacity: .16; } rect.least { fill: var(--bad); opacity: .38; stroke: var(--bad); stroke-width: 1; }
svg.cross { overflow: visible; } .cross path { stroke: var(--bad); stroke-width: 2.5; stroke-linecap: round; } .cross.thinned path { stroke: var(--text); }
.pointer { position: absolute; top: 0; bottom: 0; width: 0; border-left: 1px solid var(--accent); pointer-events: none; }
.pointer::after { content: attr(data-text); position: absolute; left: 6px; bottom: -2px; padding: 1px 7px; border-radius: 5px; background: var(--accent); color: var(--card); font-size: 12px; white-space: pre; }
.pointer.late::after { left: auto; right: 6px; }
.card > header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; margin-bottom: 10px; }
.when { color: var(--muted); } .kind { padding: 1px 9px; border-radius: 999px; background: var(--faint); color: var(--muted); font-size: 12.5px; font-weight: 400; }
.quiet { margin: 10px 0 0; color: var(--muted); font-size: 14px; }
.scroll { overflow-x: auto; margin: 0 -20px; padding: 0 20px; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 7px 14px 7px 0; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
th { font-size: 12.5px; font-weight: 500; color: var(--muted); } th[title]:not([title=""]) { text-decoration: underline dotted; text-underline-offset: 3px; }
tbody tr:last-child td { border-bottom: 0; } th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; } td.number + td:not(.number), th.number + th:not(.number) { padding-left: 8px; }
.pill { display: inline-flex; align-items: center; gap: 6px; } .pill::before { content: ""; width: 9px; height: 9px; border-radius: 50%; background: var(--site); }
.pill.none { color: var(--bad); } .pill.none::before { background: none; border: 2px solid var(--bad); }
.figures { display: flex; flex-wrap: wrap; gap: 8px 30px; margin: 0; } .figures dt { font-size: 12.5px; color: var(--muted); } .figures dd { margin: 0; }
.repair { margin: 8px 0 0; font-size: 14px; color: var(--muted); }
.expectations { columns: 2; column-gap: 36px; } .expectations > div { break-inside: avoid; padding-bottom: 14px; } .expectations h4 { margin: 0 0 4px; }
.expectations ul { list-style: none; margin: 0; padding: 0; } .expectations li { display: flex; gap: 9px; padding: 2px 0; font-size: 14px; } .expectations p { margin: 0; font-size: 13.5px; }
.mark { font-weight: 700; } .pass > .mark { color: var(--good); } .fail > .mark { color: var(--bad); }
.chart { display: grid; grid-template-columns: 206px 1fr; align-items: stretch; margin-top: 8px; }
.chart .name { padding-right: 12px; display: flex; flex-direction: column; justify-content: space-between; flex-direction: row; gap: 8px; font-size: 13.5px; min-width: 0; } .chart .name > span { min-width: 0; }
.rows { position: relative; } .chart.over { position: absolute; inset: 0; margin: 0; pointer-events: none; } .chart.over .track, .chart.over svg { height: 100%; }
.step { stroke: var(--site); stroke-width: 3; } .capacity { stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 5 4; }
.stack { display: flex; gap: 2px; min-height: 24px; border-radius: 5px; overflow: hidden; background: var(--faint); }
.stack span { min-width: 26px; padding: 2px 8px; flex: 1 1 0; color: var(--on-site); font-weight: 600; font-size: 13px; } .stack .none { color: var(--muted); font-weight: 400; }
.kept { background: var(--good); } .moved { background: var(--warn); color: #171200 !important; } .homeDied { background: var(--bad); } .neverBegan { background: var(--site-7); }
#repeats details + details { border-top: 1px solid var(--line); } details.card > summary { padding: 0; list-style-position: outside; } details.card > summary header { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; vertical-align: middle; } details.card:not([open]) { padding-top: 10px; padding-bottom: 10px; margin-bottom: 8px; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; } .badge { font-style: normal; } summary { padding: 10px 0; cursor: pointer; font-weight: 600; }
.spreads { display: grid; grid-template-columns: 150px 1fr 1fr; gap: 14px 28px; align-items: end; margin: 6px 0 18px; } .spreads > b { align-self: start; font-size: 13.5px; font-weight: 600; overflow: hidden; text-overflow: ellipsis; }
figure { margin: 0; min-width: 0; } figcaption { display: flex; flex-wrap: wrap; gap: 0 8px; font-size: 13px; color: var(--muted); } figcaption b { color: var(--text); font-weight: 600; } figcaption small { margin-left: auto; }
.bar { fill: var(--accent); stroke: var(--faint); stroke-width: .5; } .initial .bar { fill: var(--site-1); } .swatch.initial { background: var(--site-1); } .swatch.reversion { background: var(--accent); }
line.median { stroke: var(--text); stroke-width: 1.5; } line.p99 { stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 3 3; }
.swatch.median, .swatch.p99 { width: 0; border-left: 2px solid var(--text); background: none; border-radius: 0; } .swatch.p99 { border-left-style: dashed; }
details.all { margin-top: 8px; } details.all > summary { font-weight: 400; color: var(--muted); font-size: 14px; }
.prose { max-width: none; color: var(--muted); font-size: 14px; } .prose p { margin: 0 0 8px; max-width: 90ch; } .prose ul { margin: 0; padding-left: 20px; max-width: 90ch; } .prose b { color: var(--text); }
@media (max-width: 720px) {
  .expectations { columns: 1; } .top { flex-direction: column-reverse; gap: 12px; }
  main { padding: 20px 14px 8px; } footer { padding: 8px 14px 28px; } h1 { font-size: 24px; } h2 { margin-top: 30px; }
  .tiles { grid-template-columns: 1fr 1fr; gap: 10px; } .tile { padding: 12px 14px; } .tile b { font-size: 20px; }
  .card, #who-answered { padding: 14px; } .scroll { margin: 0 -14px; padding: 0 14px; }
  .picture, .chart { grid-template-columns: 104px 1fr; } .picture .name, .chart .name { right: 8px; padding-right: 8px; }
  .picture .name > span, .chart .name { flex-direction: column; gap: 0; font-size: 12px; } .name .stream { margin-left: 0; } .name small { text-align: left; font-size: 11px; }
  .spreads { grid-template-columns: 1fr; gap: 8px; } .spreads > b { margin-top: 8px; } .spreads figure:empty { display: none; }
  svg .tick:nth-of-type(even) { display: none; } .facts { gap: 4px 16px; }
}
@media print { body { background: none; } .card, .tile, #who-answered { box-shadow: none; break-inside: avoid; } }
`;
