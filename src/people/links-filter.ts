import { createHash } from "node:crypto";
import { html, type Html } from "./html";

/** Fewer roles than these are seen at a glance. */
const ROLES_TO_FILTER = 10;

/*
 * Shows the roles whose account, name or people have every word. Browsers put the words back into the
 * box when one comes back to the page, so that it filters when it is shown as well.
 */
const SCRIPT = `
const box = document.getElementById("filter");
const count = document.getElementById("count");
const filter = () => {
  const words = box.value.toLowerCase().split(/\\s+/);
  let all = 0, shown = 0;
  for (const section of document.querySelectorAll("section")) {
    section.hidden = true;
    for (const role of section.querySelectorAll("li")) {
      const text = (section.querySelector("h2").textContent + role.textContent).toLowerCase();
      role.hidden = !words.every((word) => text.includes(word));
      if (!role.hidden) section.hidden = false;
      all += 1;
      shown += role.hidden ? 0 : 1;
    }
  }
  count.textContent = shown + " of " + all + " roles";
};
box.addEventListener("input", filter);
addEventListener("pageshow", filter);
document.getElementById("find").hidden = false;
`;

/** The hash by which a page's Content-Security-Policy lets this script run, and no other. */
export const FILTER_HASH = `sha256-${createHash("sha256").update(SCRIPT).digest("base64")}`;

/** A box that finds roles among many; nothing for a few. Hidden where no script runs. */
export function filterBox(roles: number): Html | string {
  if (roles <= ROLES_TO_FILTER) return "";
  return html`<search id="find" hidden>
    <label for="filter">Find roles by account, name or people</label>
    <input id="filter" type="search" autocomplete="off" spellcheck="false" />
    <output id="count" for="filter"></output>
  </search>`;
}

/** What makes the box work; it comes after the roles. */
export function filterScript(roles: number): Html | string {
  return roles <= ROLES_TO_FILTER ? "" : { html: `<script>${SCRIPT}</script>` };
}
