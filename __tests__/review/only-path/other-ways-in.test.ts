import { synthesizeInMemory } from "../../../src/app";
import type { Estate } from "../../../src/estate/estate";
import { readEstate } from "../../../src/estate/read-estate";
import type { Model } from "../../../src/model/model";
import { modelWithLock } from "../../../src/model/rollout/with-lock";
import { otherWaysIn } from "../../../src/review/only-path/other-ways-in";
import { example, sampleWithOnlyPaths } from "../../only-path/example";
import { lockOf } from "../../constructs/trusts";
import { trustedArns, uniqueIdOf } from "../../stacks/organization";
import cases from "./other-ways-in.json";

/** What a stack of examples/only-path has besides, as constructs of one's own would add it. */
interface Case {
  readonly rule: string;
  /** @default "prod" */
  readonly stack?: string;
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly module?: unknown;
  /** Instead of the example's stacks the whole provider. */
  readonly provider?: unknown;
  /** `account who [into role]: says`. */
  readonly ways: readonly string[];
}

const MODEL = example();
const STACKS = synthesizeInMemory(MODEL, () => undefined);

/** The example's estate with what a case adds. */
function estateWith({ stack = "prod", ...added }: Partial<Case>): Estate {
  const stacks = new Map([...STACKS].map(([name, json]) => [name, structuredClone(json)]));
  const json = stacks.get(stack) as Record<string, Record<string, Record<string, unknown>>>;
  for (const part of ["resource", "data"] as const) {
    for (const [type, blocks] of Object.entries(added[part] ?? {})) {
      json[part] = { ...json[part], [type]: { ...json[part]?.[type], ...withTexts(blocks) } };
    }
  }
  if (added.module !== undefined) json.module = added.module as never;
  if (added.provider !== undefined) json.provider = added.provider as never;
  return readEstate(stacks);
}

/** Policies may stand as objects. */
function withTexts(blocks: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(blocks), (key, value: unknown) =>
    key === "assume_role_policy" && typeof value === "object"
      ? JSON.stringify({ Version: "2012-10-17", Statement: value })
      : value,
  );
}

const NAMES = new Map(MODEL.accounts.map(({ id, name }) => [id, name]));

function lines(estate: Estate): readonly string[] {
  return otherWaysIn(MODEL, estate).otherWays.map(
    ({ accountId, who, roleArn, says }) =>
      `${NAMES.get(accountId)} ${who}${roleArn === undefined ? "" : ` into ${roleArn.split("/").pop()}`}: ${says}`,
  );
}

it.each((cases as readonly Case[]).map((each) => [each.rule, each] as const))("%s", (_, each) => {
  expect(lines(estateWith(each))).toEqual(each.ways);
});

/** Every principal that a model trusts, confirmed. */
function confirmed(model: Model): Model {
  const arns = trustedArns(model).map((arn) => [arn, uniqueIdOf(arn)] as const);
  return modelWithLock(model, lockOf(Object.fromEntries(arns)));
}

describe.each([
  ["the example", () => MODEL],
  ["the example, tightened", () => confirmed(MODEL)],
  ["the sample", sampleWithOnlyPaths],
  ["the sample, tightened", () => confirmed(sampleWithOnlyPaths())],
])("%s", (_, make) => {
  it("has no other way in by any trust", () => {
    const model = make();
    expect(model.onlyPaths.length).toBeGreaterThan(1);
    const report = otherWaysIn(model, readEstate(synthesizeInMemory(model, () => undefined)));
    expect(report.otherWays.filter(({ roleArn }) => roleArn !== undefined)).toEqual([]);
  });
});

it("what control policies hold back is another way in all the same", () => {
  const estate = estateWith({
    resource: {
      aws_iam_role: {
        eve: {
          name: "eve",
          assume_role_policy: {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::900000000001:root" },
            Action: "sts:AssumeRole",
          },
        },
      },
    },
  });
  expect(estate.controlPolicies?.has("100000000004")).toBe(true);
  expect(lines(estate)).toHaveLength(1);
});

it.each([
  ["aws_iam_saml_provider", { name: "Corp" }, "take it out"],
  [
    "aws_iam_openid_connect_provider",
    { url: "https://example.com" },
    "take it out, or declare whom it lets in as a trust of accounts.json",
  ],
])("says what to do of %s: declare it only where accounts.json can", (type, own, remedy) => {
  const { otherWays } = otherWaysIn(MODEL, estateWith({ resource: { [type]: { own } } }));
  expect(otherWays.map((way) => way.remedy)).toEqual([remedy]);
});

it("names the access roles as not judged", () => {
  expect(otherWaysIn(MODEL, estateWith({})).notJudged).toEqual(
    ["100000000002", "100000000004"].map((accountId) => ({
      accountId,
      roleArn: `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`,
      because: "no stack has it",
    })),
  );
});

it("names deployers that are made elsewhere as not judged, since the outside policy excepts them", () => {
  const admin = "arn:aws:iam::100000000002:role/admin";
  const onlyPaths = MODEL.onlyPaths.map((path) => ({
    ...path,
    guarded: {
      ...path.guarded,
      existingDeployers: path.account.id === "100000000002" ? [admin] : [],
    },
  }));
  const { notJudged } = otherWaysIn({ ...MODEL, onlyPaths }, estateWith({}));
  expect(notJudged.map(({ roleArn }) => roleArn)).toEqual([
    "arn:aws:iam::100000000002:role/OrganizationAccountAccessRole",
    admin,
    "arn:aws:iam::100000000004:role/OrganizationAccountAccessRole",
  ]);
});

it("names existing roles as not judged", () => {
  const estate = estateWith({ data: { aws_iam_role: { old: { name: "old" } } } });
  expect(otherWaysIn(MODEL, estate).notJudged).toContainEqual({
    accountId: "100000000004",
    roleArn: "arn:aws:iam::100000000004:role/old",
    because: "it is existing",
  });
});

it("says nothing where no account has onlyPath", () => {
  const report = otherWaysIn({ ...MODEL, onlyPaths: [] }, estateWith({}));
  expect(report).toEqual({ otherWays: [], notJudged: [] });
});
