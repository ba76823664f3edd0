import { createHash } from "node:crypto";
import { switchLinks } from "../../src/people/links";
import { linksMarkdown } from "../../src/people/links-markdown";
import { linksPage } from "../../src/people/links-page";
import { LINKS_STYLE } from "../../src/people/links-style";
import { ADMINS, agency } from "./agency";
import { OpenPage } from "./open-page";

const NASTY = `<script>alert("1")</script> & 'x' ](evil) \`code\``;

function page(displayName: string): string {
  const model = agency({
    roles: {
      app: { accounts: ["*"], trusts: [ADMINS], console: { displayName, color: "blue" } },
      ci: { accounts: ["client"], trusts: [{ service: "ec2.amazonaws.com" }] },
    },
  });
  return linksPage(switchLinks(model), "Switch roles: a<b");
}

/** Twelve roles with a link: `role-0` to `role-5` in two accounts. */
function pageOfMany(): string {
  const roles = Array.from({ length: 6 }, (_, number) => [
    `role-${number}`,
    { accounts: ["*"], trusts: [ADMINS] },
  ]);
  const ci = { accounts: ["*"], trusts: [{ service: "ec2.amazonaws.com" }] };
  const model = agency({ roles: { ...Object.fromEntries(roles), ci } });
  return linksPage(switchLinks(model), "Switch roles");
}

describe("the page", () => {
  test("loads nothing, and may load nothing", () => {
    for (const text of [page("Client"), pageOfMany()]) {
      expect(text).toMatch(/content="default-src 'none'; style-src 'unsafe-inline'; script-src/);
      expect(text).not.toMatch(/<link|<img|<iframe|@import|url\(|\bsrc=/);
    }
  });

  test("may run one script, that of the box that finds roles, and has it for many alone", () => {
    const text = pageOfMany();
    const [[, script], ...others] = [...text.matchAll(/<script>([\s\S]*?)<\/script>/g)];
    const hash = createHash("sha256").update(script).digest("base64");

    expect(others).toEqual([]);
    expect(text).toContain(`; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`);
    expect(page("Client")).not.toMatch(/<script|<search/);
  });

  test("leads to the sign-in addresses alone, one for each role", () => {
    const links = [...page("Client").matchAll(/href="([^"]*)"/g)].map(([, href]) => href);

    expect(links).toHaveLength(2);
    for (const link of links) {
      expect(link).toMatch(/^https:\/\/signin\.aws\.amazon\.com\/switchrole\?account=\d{12}&amp;/);
    }
  });

  test("shows names as text, whatever they are", () => {
    const text = page(NASTY);

    expect(text).toContain(
      "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; ](evil)",
    );
    expect(text).toContain("<title>Switch roles: a&lt;b</title>");
    expect(text).not.toContain("<script");
  });

  test("has a language, one first heading, and headings that its sections are named by", () => {
    const text = page("Client");
    const ids = [...text.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id);
    const named = [...text.matchAll(/aria-labelledby="([^"]*)"/g)].map(([, id]) => id);

    expect(text).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(new Set(ids).size).toBe(ids.length);
    expect(named).toEqual(["account-client", "account-other"]);
    expect(ids).toEqual(expect.arrayContaining(named));
  });

  test("says that there is no role, where there is none", () => {
    expect(linksPage({ links: [], without: [] }, "Switch roles")).toContain(
      "There is no role to switch to.",
    );
  });
});

describe("the box that finds roles", () => {
  test.each([
    ["", 2, 12],
    ["  ", 2, 12],
    ["ROLE-1", 2, 2],
    ["444455556666", 1, 6],
    ["admins  role-3 other", 1, 1],
    ["role-3 nobody", 0, 0],
  ])("%j: accounts and roles that have every word, and how many", (words, accounts, roles) => {
    const open = new OpenPage(pageOfMany());
    open.type(words);

    expect(open.shown).toEqual({ box: true, count: `${roles} of 12 roles`, accounts, roles });
  });

  test("finds again what the browser put back into it", () => {
    const open = new OpenPage(pageOfMany());
    open.comeBack("role-2");

    expect(open.shown).toMatchObject({ roles: 2 });
  });

  test("is hidden where no script runs, and has a label", () => {
    expect(pageOfMany()).toMatch(
      /<search id="find" hidden>\s*<label for="filter">[^<]+<\/label>\s*<input id="filter"/,
    );
  });
});

describe("the roles without a link", () => {
  test("are listed once for each reason", () => {
    const text = pageOfMany();

    expect(text.match(/<dt>/g)).toHaveLength(1);
    expect(text).toMatch(
      /<summary>Roles without a link \(2\)<[\s\S]*<dd>client\/ci<\/dd>\s*<dd>other\/ci<\/dd>/,
    );
  });
});

describe("the look of the page", () => {
  const [light, dark] = [...LINKS_STYLE.matchAll(/:root \{([^}]*)\}/g)].map(
    ([, body]) =>
      new Map([...body.matchAll(/--(\w+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex])),
  );

  test.each([
    ["light", light],
    ["dark", dark],
  ])("%s: every text has a contrast of at least 4.5 to 1", (_, colors) => {
    const pairs = ["text", "quiet", "link"].flatMap((text) =>
      ["ground", "card"].map((ground): [string, string] => [text, ground]),
    );
    for (const [text, ground] of pairs) {
      const ratio = contrast(colors.get(text), colors.get(ground));
      expect([text, ground, ratio >= 4.5]).toEqual([text, ground, true]);
    }
  });
});

describe("the Markdown", () => {
  test("has the links by account, and the other roles with the reason", () => {
    const model = agency({
      roles: {
        app: { accounts: ["client"], trusts: [ADMINS], console: { displayName: "A [x] *y*" } },
        ci: { accounts: ["other"], trusts: [{ service: "ec2.amazonaws.com" }] },
      },
    });

    expect(linksMarkdown(switchLinks(model), "Switch roles")).toBe(
      [
        "# Switch roles",
        "",
        "## client (111122223333)",
        "",
        "- [A \\[x\\] \\*y\\*](https://signin.aws.amazon.com/switchrole?account=111122223333&roleName=app&displayName=A%20%5Bx%5D%20%2Ay%2A): app, with MFA; for main/group Admins",
        "",
        "## Without a link",
        "",
        "- other/ci: it trusts no people: no user, group or whole account",
      ].join("\n"),
    );
  });
});

/** WCAG 2.2, "contrast ratio". */
function contrast(a: string | undefined, b: string | undefined): number {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

function luminance(hex = ""): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
