import Ajv from "ajv";
import type { Difference } from "../../../src/review/diff/difference";
import { setApart, type AllowEntry } from "../../../src/review/diff/allowed-changes";
import { compareEstates } from "../../../src/review/diff/compare-estates";
import { diffMarkdown } from "../../../src/review/diff/diff-markdown";
import { diffReport, replacementText, type DiffReport } from "../../../src/review/diff/diff-report";
import { diffSarif } from "../../../src/review/diff/diff-sarif";
import { largeOrganization } from "./large-organization";
import sarifParts from "./sarif-parts.json";

const GITHUB_LIMIT = 65_536;
const NAMES = { before: "main (0123456789ab)", after: "the working tree" };

function difference(change: Partial<Difference> & { who?: Difference["who"] }): Difference {
  return {
    direction: "widened",
    kind: "access",
    who: { principal: "arn:aws:iam::100000000001:role/ci", label: "build/ci" },
    target: "arn:aws:iam::100000000002:role/deploy",
    targetLabel: "prod/deploy",
    verb: "can now assume",
    rest: "",
    origins: [{ stack: "prod", address: "aws_iam_role.deploy" }],
    ...change,
  };
}

function reportOf(
  differences: readonly Difference[],
  entries: readonly AllowEntry[] = [],
): DiffReport {
  const diff = { differences, replaced: [], unchanged: [], requests: 0 };
  return diffReport(NAMES, diff, setApart(differences, entries, "2026-11-26"));
}

function entry(change: Partial<AllowEntry>): AllowEntry {
  return {
    principal: "build/ci",
    target: "prod/deploy",
    reason: "OPS-12",
    until: "2026-12-31",
    place: "allow.json:2:5",
    ...change,
  };
}

describe("a comment on a pull request", () => {
  test("sums up, says each change in a row, and folds where they stand", () => {
    const report = reportOf([
      difference({}),
      difference({ direction: "narrowed", verb: "can no longer assume" }),
    ]);
    expect(diffMarkdown(report)).toBe(`<!-- crosstrust diff -->
### Access: 1 widened, 1 narrowed, 0 replaced, 0 undecided

main \\(0123456789ab\\) to the working tree

| | change | stacks |
| --- | --- | --- |
| **widened** | build/ci can now assume prod/deploy | prod |
| narrowed | build/ci can no longer assume prod/deploy | prod |

<details><summary>where (1)</summary>

- prod: aws\\_iam\\_role.deploy

</details>
`);
  });

  test("says that nothing changed", () => {
    expect(diffMarkdown(reportOf([]))).toBe(
      "<!-- crosstrust diff -->\n### No change in access\n\nmain \\(0123456789ab\\) to the working tree\n",
    );
  });

  test("fits into GitHub's limit whatever changes, and says what is left out", () => {
    for (const accounts of [30, 200]) {
      const diff = compareEstates(
        largeOrganization(accounts),
        largeOrganization(accounts, {
          firstPrincipal: "*",
          condition: { StringEquals: { "sts:ExternalId": "x".repeat(1_000) } },
        }),
      );
      const report = diffReport(NAMES, diff, setApart(diff.differences, [], "2026-11-26"));
      const text = diffMarkdown(report);
      expect(text.length).toBeLessThanOrEqual(GITHUB_LIMIT);
      expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
      if (accounts === 200) expect(text).toMatch(/and [\d,]+ more/);
    }
  });

  test("is never longer by names of any length", () => {
    const long = Array.from({ length: 3_000 }, (_, number) =>
      difference({
        who: { principal: "*", label: `${"|".repeat(3_000)}${number}` },
        origins: [{ stack: "s".repeat(200) + number, address: "|".repeat(2_000) }],
      }),
    );
    expect(diffMarkdown(reportOf(long)).length).toBeLessThanOrEqual(GITHUB_LIMIT);
  });

  test("takes no name for formatting, a tag, a cell or a mention", () => {
    const who = { principal: "*", label: "a|b <b>@team</b> `x` [l](http://e)\n| c" };
    const text = diffMarkdown(reportOf([difference({ who })]));
    expect(text).toContain(
      "| **widened** | a\\|b &lt;b&gt;&#64;team&lt;/b&gt; \\`x\\` \\[l\\]\\(http://e\\) \\| c can now assume prod/deploy | prod |",
    );
  });
});

describe("what is allowed", () => {
  const widened = difference({});
  const cases: readonly (readonly [string, Partial<AllowEntry>, boolean])[] = [
    ["by the names that diff prints", {}, true],
    [
      "by ARNs",
      {
        principal: "arn:aws:iam::100000000001:role/ci",
        target: "arn:aws:iam::100000000002:role/deploy",
      },
      true,
    ],
    ["by patterns", { principal: "build/*", target: "*/deploy" }, true],
    ["by its action", { action: "sts:AssumeRole" }, true],
    ["not by another principal", { principal: "build/c" }, false],
    ["not by another target", { target: "prod/deploy2" }, false],
    ["not by another action", { action: "s3:GetObject" }, false],
    ["not by a dot for any character", { principal: "build.ci" }, false],
    ["on its last day", { until: "2026-11-26" }, true],
    ["not after it", { until: "2026-11-25" }, false],
  ];
  test.each(cases)("%s", (_, change, isAllowed) => {
    const { open, allowed } = setApart([widened], [entry(change)], "2026-11-26");
    expect([open.length, allowed.length]).toEqual(isAllowed ? [0, 1] : [1, 0]);
  });

  test("for all of an account, for each of its principals that needs as much", () => {
    const root = "arn:aws:iam::100000000001:root";
    const all = difference({
      who: { principal: root, label: "any role of build" },
      rest: " with MFA",
    });
    const same = difference({ rest: " with MFA" });
    const less = difference({});
    const entries = [entry({ principal: "any role of build" })];
    const { open, allowed } = setApart([all, same, less], entries, "2026-11-26");
    expect(open).toEqual([less]);
    expect(allowed.map((each) => each.difference)).toEqual([all]);
  });

  test("an entry that is over, and one that allows nothing, are told", () => {
    const over = entry({ until: "2026-11-25" });
    const idle = entry({ principal: "nobody/x" });
    const { expired, unused } = setApart([widened], [over, idle, entry({})], "2026-11-26");
    expect({ expired, unused }).toEqual({ expired: [over], unused: [idle] });
  });

  test("only what is widened needs it", () => {
    const narrowed = difference({ direction: "narrowed" });
    const { open, unused } = setApart([narrowed], [entry({})], "2026-11-26");
    expect(open).toEqual([narrowed]);
    expect(unused).toHaveLength(1);
  });
});

describe("SARIF", () => {
  test("is of the form that code scanning takes, with what is allowed suppressed", () => {
    const other = difference({
      targetLabel: "prod/admin",
      target: "arn:aws:iam::100000000002:role/admin",
    });
    const log = diffSarif(
      reportOf([difference({}), other, difference({ direction: "narrowed" })], [entry({})]),
      "accounts.json",
    );
    const ajv = new Ajv();
    expect(ajv.validate(sarifParts, log) ? [] : ajv.errors).toEqual([]);
    const [{ results = [] }] = log.runs;
    expect(
      results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions?.length ?? 0]),
    ).toEqual([
      ["access-widened", "error", 0],
      ["access-widened", "error", 1],
      ["access-narrowed", "note", 0],
    ]);
    expect(
      new Set(results.map(({ partialFingerprints }) => partialFingerprints?.["change/v1"])).size,
    ).toBe(3);
  });
});

test("a replaced role that no trust names may be named by permissions still", () => {
  const shown = (label: string): Parameters<typeof replacementText>[0]["before"] => ({
    arn: `arn:aws:iam::100000000002:role/${label}`,
    label: `prod/${label}`,
    origin: { stack: "prod", address: "aws_iam_role.deploy" },
  });
  const replaced = {
    before: shown("deploy"),
    after: shown("release"),
    because: "its name changed",
  };
  expect(replacementText({ ...replaced, breaks: [], stacks: [] })).toBe(
    "prod/deploy becomes prod/release: its name changed. No trust and no policy of a resource names it.",
  );
});
