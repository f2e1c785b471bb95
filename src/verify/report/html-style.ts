/** Style sheet of the HTML report: system fonts, light and dark mode, printable. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1d1d1f;--soft:#6e6e73;--line:#d2d2d7;--page:#fff;--card:#f5f5f7;--good:#1a7f37;--bad:#c9252d;--open:#9a6700}
@media (prefers-color-scheme:dark){:root{--ink:#f5f5f7;--soft:#a1a1a6;--line:#424245;--page:#161617;--card:#232325;--good:#4cc56a;--bad:#ff6b6b;--open:#e3b341}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header,main{max-width:70rem;margin:0 auto;padding:1.5rem 1.25rem}
header{border-bottom:4px solid var(--good)}
header.failed{border-color:var(--bad)}header.unknown{border-color:var(--open)}
.tool,.about,small{color:var(--soft)}.tool{margin:0}
h1{margin:.2rem 0 .6rem;font-size:2rem;line-height:1.2}
h2{margin:2.5rem 0 .5rem;font-size:1.5rem}h3{margin:2rem 0 .6rem;font-size:1.1rem}
.counts{margin:0;display:flex;gap:1.25rem;font-weight:600}
dl{margin:0}.facts{display:grid;gap:.15rem}
dl>div{display:grid;grid-template-columns:10rem 1fr;gap:1rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.verdicts{list-style:none;margin:0;padding:0;display:grid;gap:.5rem}
.verdicts li{background:var(--card);border-left:4px solid var(--good);border-radius:6px;padding:.6rem .9rem}
.verdicts li.failed{border-color:var(--bad)}.verdicts li.unknown{border-color:var(--open)}
summary{cursor:pointer;font-weight:600;overflow-wrap:anywhere}details dl{margin-top:.6rem}
.badge{display:inline-block;border:1px solid currentColor;border-radius:999px;padding:0 .55em;font-size:.8em;font-weight:600;white-space:nowrap;color:var(--soft)}
li.passed .badge,tr.received .badge{color:var(--good)}li.failed .badge,tr.sent .badge{color:var(--bad)}li.unknown .badge{color:var(--open)}
tr.sent .badge{color:var(--open)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600}tr.unseen{color:var(--soft)}
code{font:.9em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.stray{color:var(--bad);font-weight:600}.fine{color:var(--good);font-weight:600}
.undeclared{margin-bottom:1.5rem}.legend{margin:1rem 0;color:var(--soft)}
@media (max-width:40rem){dl>div{grid-template-columns:1fr;gap:0}}
@media print{details:not([open])>*{display:block}}
`;
