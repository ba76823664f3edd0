import { OrganizationsPolicy } from "@cdktf/provider-aws/lib/organizations-policy";
import { OrganizationsPolicyAttachment } from "@cdktf/provider-aws/lib/organizations-policy-attachment";
import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import { verify } from "../../../src/review/verify/verify";
import { verifyControlPolicies } from "../../../src/review/verify/verify-control-policies";
import { example, sampleWithOnlyPaths } from "../../only-path/example";
import { modelOf, synthesize } from "../../stacks/organization";
import CASES from "./control-policies.cases.json";
import EXCEPTIONS from "./control-policy-exceptions.json";
import { DOCUMENTED, documentedShare } from "./documented-share";
import { controlPolicyMutationsOf } from "./mutations";

const model = example();
const PROD = "100000000004";

type Json = Record<string, unknown>;

function verified(stacks: ReturnType<typeof synthesize>, of = model) {
  return verify(of, readEstate(new Map(Object.entries(stacks)), estateFacts(of)));
}

/** The example's stacks, with one more control policy on `prod`. */
function withPolicy(type: string, content: string) {
  return synthesize(model, ({ stack, account }) => {
    if (account.name !== "root") return;
    const policy = new OrganizationsPolicy(stack, "own", { name: "own", type, content });
    new OrganizationsPolicyAttachment(stack, "own-attachment", {
      policyId: policy.id,
      targetId: PROD,
    });
  });
}

describe("of a further control policy on an account with onlyPath verify tells what it denies of what is meant:", () => {
  it.each(CASES)("$name", ({ type, statements, findings }) => {
    const content = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    const found = verified(withPolicy(type, content));
    expect(found.findings.map(({ kind, arn, says }) => [kind, arn, says])).toEqual(findings);
    expect(found.undecided).toEqual([]);
  });

  it("one that cannot be read is undecided, and what ours deny stays denied", () => {
    const { findings, undecided } = verified(
      withPolicy("RESOURCE_CONTROL_POLICY", '${file("elsewhere.json")}'),
    );
    expect(findings).toEqual([]);
    expect(undecided.map(({ says }) => says)).toContain(
      'content cannot be read: ${file("elsewhere.json")}: not a plain reference: only Terraform can evaluate it',
    );
  });
});

/** Adds to a statement; lists grow, and null takes away. */
function merged(statement: Json, change: Json): Json {
  const keys = Object.entries(change).map(([key, value]) => {
    const was = statement[key];
    if (Array.isArray(value)) return [key, [was ?? [], value].flat()];
    if (value === null || typeof value !== "object") return [key, value ?? undefined];
    return [key, merged((was ?? {}) as Json, value as Json)];
  });
  return { ...statement, ...Object.fromEntries(keys) };
}

describe("verify finds an exception from what a control policy denies:", () => {
  it.each(EXCEPTIONS)("$name", ({ policy, statement, change }) => {
    const stacks = synthesize(model);
    const { resource } = JSON.parse(JSON.stringify(stacks.root)) as {
      resource: { aws_organizations_policy: Record<string, { name: string; content: string }> };
    };
    const found = Object.values(resource.aws_organizations_policy).filter(
      ({ name }) => name === `crosstrust-${policy}-prod`,
    );
    for (const one of found) {
      const { Statement, ...others } = JSON.parse(one.content) as { Statement: Json[] };
      const changed = Statement.with(statement, merged(Statement[statement], change as Json));
      one.content = JSON.stringify({ ...others, Statement: changed });
    }
    const { findings } = verified({ ...stacks, root: { ...stacks.root, resource } as never });
    expect(found).toHaveLength(1);
    expect(new Set(findings.map(({ kind, accountId }) => `${kind} ${accountId}`))).toEqual(
      new Set([`wider ${PROD}`]),
    );
  });
});

it("finds nothing where every account of the sample has onlyPath", () => {
  const sample = sampleWithOnlyPaths();
  expect(verified(synthesize(sample), sample)).toEqual({ findings: [], undecided: [] });
});

it("finds nothing where a policy names accounts, since their principals do not all fit", () => {
  const callers = Array.from({ length: 90 }, (_, number) => `a-role-with-a-long-name-${number}`);
  const many = modelOf({
    settings: { organizationId: "o-a1b2c3d4e5", region: "eu-west-1" },
    accounts: {
      root: { id: "100000000001", management: true },
      build: { id: "100000000003" },
      prod: { id: PROD, onlyPath: true },
    },
    roles: {
      ...Object.fromEntries(
        callers.map((name) => [
          name,
          { accounts: ["build"], trusts: [{ service: "ec2.amazonaws.com" }] },
        ]),
      ),
      ...Object.fromEntries(
        callers.map((role) => [
          `to-${role}`,
          { accounts: ["prod"], trusts: [{ account: "build", role }] },
        ]),
      ),
    },
  });
  expect(verified(synthesize(many), many)).toEqual({ findings: [], undecided: [] });
});

it("says which stack to deploy where no policy of a kind is attached", () => {
  const stacks = synthesize(model);
  const { resource } = stacks.root as unknown as { resource: Record<string, unknown> };
  delete resource.aws_organizations_policy_attachment;
  const found = verified(stacks).findings;
  expect(
    found.map(({ kind, accountId, origin, remedy }) => [kind, accountId, origin.stack, remedy]),
  ).toEqual(
    ["100000000002", "100000000002", PROD, PROD].map((id) => [
      "missing",
      id,
      "root",
      "deploy root, or take onlyPath out of accounts.json",
    ]),
  );
});

/** More is denied to those whom the account keeps out anyway: of its administrators' roles, of a role that is none. */
const DENIES_MORE = /inside_\w+ [12] (every action of the service|Resource with one more)$/;
/** A principal of the account itself, whose principals are excepted as a whole. */
const OF_ITS_OWN = /outside_\w+ 0 ArnNotLikeIfExists aws:PrincipalArn with one more$/;
/** Another statement denies the same of tokens where no role takes any. */
const TOKENS_ANYWAY = /prod_outside_\w+ 0 every action of the service$/;

it("finds every single change of the control policies, but for those that change no access", () => {
  const mutations = controlPolicyMutationsOf(synthesize(model));
  const missed = mutations
    .filter(({ stacks }) => verified(stacks).findings.length === 0)
    .map(({ name }) => name);
  const withoutEffect = [DENIES_MORE, OF_ITS_OWN, TOKENS_ANYWAY];
  expect(missed.filter((name) => !withoutEffect.some((one) => one.test(name)))).toEqual([]);
  expect(mutations.length).toBeGreaterThan(100);
  expect(DOCUMENTED).toContain(
    documentedShare("control policies", mutations.length, missed.length),
  );
});

it("what is asked of control policies grows with the accounts, not with their pairs", () => {
  const [ten, twenty] = [10, 20].map((accounts) => {
    const names = Array.from({ length: accounts }, (_, number) => `a${number}`);
    const guarded = modelOf({
      settings: { organizationId: "o-a1b2c3d4e5", region: "eu-west-1" },
      accounts: {
        root: { id: "100000000001", management: true },
        ...Object.fromEntries(
          names.map((name, number) => [
            name,
            { id: String(100_000_000_100 + number), onlyPath: true },
          ]),
        ),
      },
      roles: { app: { accounts: names, trusts: [{ service: "ec2.amazonaws.com" }] } },
    });
    const estate = readEstate(new Map(Object.entries(synthesize(guarded))), estateFacts(guarded));
    const count = { evaluations: 0 };
    verifyControlPolicies(guarded, estate, count);
    return count.evaluations;
  });
  expect(ten).toBeGreaterThan(0);
  expect(twenty).toBe(2 * ten);
});
