import { groupBy } from "../model/group-by";
import type { Account } from "../model/model";
import { html, type Html } from "./html";
import { FILTER_HASH, filterBox, filterScript } from "./links-filter";
import type { RoleWithoutLink, SwitchLink, SwitchLinks } from "./links";
import { LINKS_STYLE } from "./links-style";
import { switchedName } from "./switch-role-url";

/**
 * Links as a page that people bookmark: one file that loads nothing, with a light and a dark look by
 * the reader's setting. The console forgets the roles that one switched to; the page does not.
 */
export function linksPage({ links, without }: SwitchLinks, title: string): string {
  const byAccount = [...groupBy(links, ({ role }) => role.account)];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src '${FILTER_HASH}'; base-uri 'none'; form-action 'none'"
        />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${{ html: LINKS_STYLE }}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p>
            Sign in to the AWS console first, then follow a link and confirm. Bookmark this page:
            the console remembers only the last few roles.
          </p>
          ${filterBox(links.length)}
        </header>
        <main>
          ${links.length === 0 ? html`<p>There is no role to switch to.</p>` : byAccount.map(([account, those]) => accountSection(account, those))}
          ${without.length === 0 ? "" : withoutDetails(without)}
        </main>
        ${filterScript(links.length)}
      </body>
    </html>`;
  return page.html;
}

function accountSection(account: Account, links: readonly SwitchLink[]): Html {
  return html`<section aria-labelledby="account-${account.name}">
    <h2 id="account-${account.name}">${account.name} <span class="id">${account.id}</span></h2>
    <ul class="links">
      ${links.map(item)}
    </ul>
  </section>`;
}

function item({ role, displayName, color, url, mfa, people }: SwitchLink): Html {
  const swatch =
    color === undefined
      ? html`<span class="swatch"></span>`
      : html`<span class="swatch" style="background:#${color}"></span>`;
  const badge = mfa ? html`<span class="mfa">with MFA</span>` : "";
  return html`<li>
    <a href="${url}"
      >${swatch}<span class="text"
        ><span class="name">${displayName}</span>
        <span class="role">${switchedName(role)}</span></span
      ></a
    >
    <p class="people">${people.join(", ")}${badge}</p>
  </li>`;
}

function withoutDetails(without: readonly RoleWithoutLink[]): Html {
  const byReason = [...groupBy(without, ({ because }) => because)];
  return html`<details>
    <summary>Roles without a link (${String(without.length)})</summary>
    <dl>
      ${byReason.map(
        ([because, those]) =>
          html`<dt>${because}:</dt>
            ${those.map(({ role }) => html`<dd>${role.account.name}/${role.name}</dd>`)}`,
      )}
    </dl>
  </details>`;
}
