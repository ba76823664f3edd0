import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EMPTY_LOCK } from "../../src/trust/lock";
import { extend as ownConstructs } from "../../extensions";
import { Checkout } from "../cli/checkout";
import { synthesizeTo } from "../cli/synthesize-to";
import { readPage, ROOT } from "./markdown";
import { TYPICAL_CHANGES, type Sample, type TypicalChange } from "./typical-changes";

/*
 * The ten changes that docs/review.md shows with what diff says of them: each on the sample organization,
 * synthesized before and after, own constructs included.
 */

const PAGE = readPage("docs/review.md");

test.each(TYPICAL_CHANGES)("docs/review.md shows what diff says: $title", async (change) => {
  const section = PAGE.split(`\n#### ${change.title}\n`)[1]?.split("\n#### ")[0] ?? "";
  const [, shown] = /^```text\n([\s\S]*?)^```/m.exec(section) ?? [];
  expect(await saidOf(change)).toBe(shown);
});

test("docs/review.md shows no other changes", () => {
  const headings = [...PAGE.matchAll(/^#### (.*)$/gm)].map(([, title]) => title);
  expect(headings).toEqual(TYPICAL_CHANGES.map(({ title }) => title));
});

/** What `crosstrust diff before after` prints. */
async function saidOf(change: TypicalChange): Promise<string> {
  const { before = () => undefined, change: apply = () => undefined, lock, extend } = change;
  const files = { before: sampleWith(before), after: sampleWith(before, apply) };
  const checkout = new Checkout(files.after, lock?.(EMPTY_LOCK) ?? EMPTY_LOCK);
  try {
    synthesizeTo(checkout, "before", files.before, EMPTY_LOCK, ownConstructs);
    synthesizeTo(checkout, "after", files.after, lock?.(EMPTY_LOCK) ?? EMPTY_LOCK, (account) => {
      ownConstructs(account);
      extend?.(account);
    });
    const { out, err } = await checkout.run("diff", "before", "after");
    expect(err).toBe("");
    return out;
  } finally {
    checkout.remove();
  }
}

function sampleWith(...changes: readonly ((sample: Sample) => void)[]): Sample {
  const sample = JSON.parse(readFileSync(join(ROOT, "accounts.json"), "utf8")) as Sample;
  for (const change of changes) change(sample);
  return sample;
}
