import { readEstate } from "../../../src/estate/read-estate";
import type { Model } from "../../../src/model/model";
import { estateFacts } from "../../../src/cli/estate-of-model";
import { verify } from "../../../src/review/verify/verify";
import { confirmed, modelOf, synthesize, trustedArns } from "../../stacks/organization";
import { DOCUMENTED, documentedShare } from "./documented-share";
import { mutationsOf, type Mutation } from "./mutations";

const ORGANIZATION = {
  settings: { organizationId: "o-a1b2c3d4e5" },
  accounts: {
    root: { id: "100000000001", management: true },
    shared: { id: "100000000002" },
    client: { id: "100000000003" },
    vendor: { id: "900000000001", external: true },
  },
  identities: {
    root: { users: { alice: {}, bob: {} }, groups: { CrossAccount: { users: ["alice"] } } },
  },
  roles: {
    ci: {
      accounts: ["shared"],
      trusts: [
        { service: "ecs-tasks.amazonaws.com" },
        {
          oidc: {
            issuer: "https://token.actions.githubusercontent.com",
            audience: "sts.amazonaws.com",
            subject: "repo:acme/infra:ref:refs/heads/main",
          },
        },
      ],
    },
    Admin: {
      accounts: ["client"],
      managedPolicies: ["AdministratorAccess"],
      trusts: [{ account: "root", group: "CrossAccount" }],
    },
    build: { accounts: ["client"], trusts: [{ account: "shared", role: "ci" }] },
    ops: { accounts: ["client"], trusts: [{ account: "root", user: "bob" }] },
    vendor: {
      accounts: ["client"],
      trusts: [{ account: "vendor", externalId: "agreed-with-vendor" }],
    },
  },
};

type Stacks = ReturnType<typeof synthesize>;

function verified(model: Model, stacks: Stacks) {
  return verify(model, readEstate(new Map(Object.entries(stacks)), estateFacts(model)));
}

const model = modelOf(ORGANIZATION);
/** Let in nobody: only callers with a token do that action. */
const NO_TOKEN = "shared aws_iam_role.role-ci_role_4A73F4FA assume_role_policy 0 principal added";

/** Let in nobody else: the condition on aws:PrincipalArn still leaves whom it left before. */
function guarded(role: string, ...changes: readonly string[]): readonly string[] {
  return changes.map((change) => `client aws_iam_role.role-${role} assume_role_policy 0 ${change}`);
}

const EVERYONE = "principal widened to everyone";
const ADDED = "principal added";
const OF_ADMIN = guarded("Admin_role_8AC46ADD", EVERYONE, ADDED);

/** What is synthesized at a stage, and the mutations that change no access. */
const stages: readonly (readonly [string, Model, readonly string[]])[] = [
  [
    "nothing is confirmed",
    model,
    [
      NO_TOKEN,
      ...OF_ADMIN,
      ...guarded("build_role_5627756B", EVERYONE, ADDED),
      ...guarded("ops_role_CF0BE440", EVERYONE, ADDED),
    ],
  ],
  ["everything is confirmed", confirmed(model, trustedArns(model)), [NO_TOKEN, ...OF_ADMIN]],
];

describe.each(stages)("verify where %s", (stage, staged, withoutEffect) => {
  const stacks = synthesize(staged);

  it("finds nothing in what the project itself synthesizes", () => {
    expect(verified(staged, stacks)).toEqual({ findings: [], undecided: [] });
  });

  it("finds every single change of a policy or resource, but for those that change no access", () => {
    const mutations = mutationsOf(stacks);
    const missed = mutations.filter(
      ({ stacks: changed }) => verified(staged, changed).findings.length === 0,
    );
    const share = (mutations.length - missed.length) / mutations.length;
    const policies = `about roles, ${stage.replace(" is", "")}`;
    expect(DOCUMENTED).toContain(documentedShare(policies, mutations.length, missed.length));
    expect(mutations.length).toBeGreaterThan(70);
    expect(missed.map(({ name }: Mutation) => name)).toEqual(withoutEffect);
    expect(share).toBeGreaterThanOrEqual(0.9);
  });
});

it("finds a trust that is at its account still after its principal was confirmed", () => {
  const [, after] = stages[1];
  const { findings } = verified(after, synthesize(model));
  expect(findings.map(({ kind, principal }) => [kind, principal])).toEqual([
    ["wider", "arn:aws:iam::100000000002:role/ci"],
    ["wider", "arn:aws:iam::100000000001:user/bob"],
  ]);
});
