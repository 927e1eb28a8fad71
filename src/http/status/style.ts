/** Colours by what they mean; text on its ground has a contrast of 4.5 to 1 at least in both schemes (WCAG 1.4.3). */
const colours = `
:root {
  color-scheme: light dark;
  --ground: #fff; --raised: #f5f6f8; --text: #1a1d21; --faint: #545b64; --rule: #d3d7dd; --link: #0b4fc0;
  --good: #11652a; --good-ground: #e4f4e8; --warning: #7a4600; --warning-ground: #fff0d6;
  --bad: #a5121b; --bad-ground: #fde7e7; --open: #5a33a0; --open-ground: #efe9fb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --raised: #1d2126; --text: #e8eaed; --faint: #a6adb6; --rule: #3a4048; --link: #8ab8ff;
    --good: #7fd897; --good-ground: #143220; --warning: #ffc66d; --warning-ground: #3b2a0c;
    --bad: #ff9c96; --bad-ground: #431a1c; --open: #c4a8ff; --open-ground: #2c2144;
  }
}
`;

const page = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); overflow-wrap: anywhere; }
.bar, main, footer { max-width: 76rem; margin: 0 auto; padding: .5rem 1rem; }
header { background: var(--raised); border-bottom: 1px solid var(--rule); }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem; }
.bar nav { margin-right: auto; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0; padding: 0; list-style: none; }
nav li a, footer li a { display: inline-block; padding: .3rem 0; }
.updates { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; margin: 0; font-size: .875rem; color: var(--faint); }
.updates p { margin: 0; } .updates button { padding: .1rem .6rem; }
footer { margin-top: 2rem; padding-bottom: 2rem; border-top: 1px solid var(--rule); font-size: .875rem; color: var(--faint); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--ground); }
.skip:focus { left: .5rem; top: .5rem; z-index: 1; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1 { margin: .5rem 0; font-size: 1.4rem; line-height: 1.3; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1.15rem; }
h3 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
h4 { margin: 1rem 0 .25rem; font-size: .9rem; color: var(--faint); }
p { margin: .4rem 0; }
ul, ol { margin: .4rem 0; padding-left: 1.4rem; }
button { font: inherit; padding: .4rem .8rem; color: var(--text); background: var(--ground); border: 1px solid var(--faint); border-radius: .3rem; cursor: pointer; }
`;

const parts = `
.badge { display: inline-block; padding: 0 .45rem; border-radius: .3rem; font-size: .85em; font-weight: 700; white-space: nowrap; }
.badge.healthy { color: var(--good); background: var(--good-ground); }
.badge.degraded { color: var(--warning); background: var(--warning-ground); }
.badge.critical { color: var(--bad); background: var(--bad-ground); }
.badge.unknown { color: var(--open); background: var(--open-ground); }
.good { color: var(--good); } .warning { color: var(--warning); } .bad { color: var(--bad); } .open { color: var(--open); }
.bad, .strong { font-weight: 600; } .faint { color: var(--faint); font-weight: 400; }
article { margin: 1.25rem 0; padding: .25rem 1rem .75rem; border: 1px solid var(--rule); border-left: .4rem solid var(--rule); border-radius: .4rem; }
article.critical { border-left-color: var(--bad); } article.degraded { border-left-color: var(--warning); }
article.unknown { border-left-color: var(--open); } article.healthy { border-left-color: var(--good); }
article > h2, article > h3 { margin: .6rem 0; }
summary { padding: .3rem 0; font-weight: 600; cursor: pointer; }
.steps > li { margin: .6rem 0; }
pre { margin: .4rem 0; padding: .6rem .75rem; background: var(--raised); border: 1px solid var(--rule); border-radius: .3rem; white-space: pre-wrap; font: .875rem/1.45 ui-monospace, monospace; }
progress { width: 100%; max-width: 30rem; height: 1rem; vertical-align: middle; accent-color: var(--link); }
.seeding { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; }
.pages { display: flex; flex-wrap: wrap; gap: 1rem; }
`;

const tables = `
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { padding: .25rem 0; text-align: left; font-size: .875rem; color: var(--faint); }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
thead th { font-size: .8125rem; font-weight: 600; color: var(--faint); }
tbody th { font-weight: 600; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; } .wide th, .wide td { white-space: nowrap; overflow-wrap: normal; padding-right: 1.25rem; }
table + table, p + table, ul + table, details + table { margin-top: .75rem; }
@media (max-width: 47.99rem) {
  body { font-size: 1.0625rem; }
  article { padding: .25rem .75rem .75rem; }
  table, caption, tbody, tr, tbody th, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { padding: .5rem 0; border-bottom: 1px solid var(--rule); }
  tbody th, td, .right { padding: .1rem 0; border: 0; text-align: left; }
  td, td.right { position: relative; padding-left: 7.5rem; min-height: 1.7rem; }
  td:empty, .brief td:nth-child(n+3) { display: none; }
  .brief tr { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .75rem; }
  .brief td { padding-left: 0; } .brief td::before { content: none; }
  td::before { position: absolute; left: 0; width: 7rem; color: var(--faint); font-size: .875rem; content: attr(data-label); }
  .wide table, .wide tbody { display: table; } .wide tbody { display: table-row-group; } .wide tr { display: table-row; }
  .wide thead { position: static; display: table-header-group; } .wide th, .wide td { display: table-cell; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--rule); }
  .wide td::before { content: none; }
}
`;

/** The pages' only style: system fonts, no image, nothing that moves. */
export const style = colours + page + parts + tables;
