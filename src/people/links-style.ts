/** The look of the page of links. Every text has a contrast of at least 4.5 to 1 on its ground. */
export const LINKS_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --text: #16191f; --quiet: #545b64;
  --line: #cfd5db; --link: #0b5bb5; --focus: #0b5bb5; --plain: #c3cad2;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #12161c; --card: #1c222a; --text: #e9ecef; --quiet: #a9b2bd;
    --line: #3a434e; --link: #7fbcff; --focus: #7fbcff; --plain: #4b5663;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 64rem;
  background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { display: flex; flex-wrap: wrap; gap: 0 .6rem; font-size: 1.15rem; margin: 2rem 0 .75rem; overflow-wrap: anywhere; }
header p { margin: 0; color: var(--quiet); max-width: 44rem; }
search { display: flex; flex-wrap: wrap; gap: .35rem .75rem; align-items: center; margin-top: 1.5rem; }
search label { flex: 1 0 100%; font-weight: 600; }
search input { flex: 1 1 16rem; min-width: 0; max-width: 24rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--quiet); border-radius: .5rem; padding: .5rem .75rem; }
search output { color: var(--quiet); font-variant-numeric: tabular-nums; }
[hidden] { display: none; }
.id { color: var(--quiet); font-weight: 400; font-variant-numeric: tabular-nums; }
.links {
  list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
}
.links li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .85rem 1rem; }
.links a { display: flex; gap: .75rem; color: var(--link); text-decoration: none; }
.links a:hover .name { text-decoration: underline; }
.links a:focus-visible, input:focus-visible { outline: 3px solid var(--focus); outline-offset: 4px; border-radius: .25rem; }
.swatch { flex: none; width: 1.1rem; print-color-adjust: exact; border-radius: .25rem; background: var(--plain); border: 1px solid var(--line); }
.text { min-width: 0; }
.name { display: block; font-weight: 600; overflow-wrap: anywhere; }
.role { display: block; color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
.people { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .5rem; margin: .6rem 0 0; color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
.mfa { border: 1px solid var(--line); border-radius: 1rem; padding: .05rem .5rem; white-space: nowrap; }
details { margin-top: 2.5rem; }
summary { cursor: pointer; font-weight: 600; margin-bottom: .75rem; }
summary:focus-visible { outline: 3px solid var(--focus); outline-offset: 4px; }
dt { color: var(--quiet); margin-top: 1rem; }
dd { margin: .25rem 0 0; overflow-wrap: anywhere; }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; background: none; }
  search { display: none; }
  h2 { break-after: avoid; }
  .links li { break-inside: avoid; }
}
`;
