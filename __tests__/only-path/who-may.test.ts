import { evaluateAccess } from "../../src/iam/evaluation/evaluate-access";
import { evaluateAssumeRole } from "../../src/iam/evaluation/evaluate-assume-role";
import type { Caller } from "../../src/iam/evaluation/request";
import { attachedToAccount, FULL_ACCESS_POLICIES } from "../../src/iam/full-access-policies";
import { policyDocument } from "../../src/iam/policy-document";
import { onlyPathPolicies } from "../../src/only-path/only-path";
import { guardedOf } from "./example";
import rules from "./who-may.json";

/** A rule with a request in the example, where all policies but the two allow everything. */
interface Rule {
  readonly rule: string;
  /** `prod/role/x`, `service NAME`, `oidc HOST`, `saml NAME`; accounts by name. */
  readonly caller: string;
  readonly assumes?: string;
  readonly does?: string;
  /** @default - anything in the caller's account */
  readonly on?: string;
  readonly expect: string;
}

const ACCOUNTS: Readonly<Record<string, string>> = {
  root: "100000000001",
  security: "100000000002",
  build: "100000000003",
  prod: "100000000004",
  vendor: "900000000001",
};

/** Of the accounts with `onlyPath`; no other is bound. */
const POLICIES = new Map(
  ["security", "prod"].map((name) => {
    const { inside, outside } = onlyPathPolicies(guardedOf(name));
    return [
      ACCOUNTS[name],
      {
        serviceControlPolicies: attachedToAccount("service", [inside]),
        resourceControlPolicies: attachedToAccount("resource", [outside]),
      },
    ];
  }),
);

function arnOf(text: string): string {
  const [account, ...rest] = text.split("/");
  return `arn:aws:iam::${ACCOUNTS[account]}:${rest.join("/")}`;
}

function callerOf(text: string): Caller {
  const [kind, name] = text.split(" ");
  if (kind === "service") return { kind, arn: name, identityPolicies: [] };
  if (kind === "oidc" || kind === "saml") {
    const arn = `arn:aws:iam::${ACCOUNTS.prod}:${kind}-provider/${name}`;
    return { kind: "federated", arn, identityPolicies: [] };
  }
  const arn = arnOf(text);
  const accountId = arn.split(":")[4];
  return {
    kind: arn.endsWith(":root") ? "root" : arn.includes(":user/") ? "user" : "role",
    arn,
    accountId,
    identityPolicies: [FULL_ACCESS_POLICIES.service],
    serviceControlPolicies: POLICIES.get(accountId)?.serviceControlPolicies,
  };
}

const EVERYBODY = policyDocument([
  { Effect: "Allow", Principal: "*", Action: "sts:*" },
  { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:*" },
]);

function decide({ caller: text, assumes, does = "", on }: Rule): string {
  const caller = callerOf(text);
  if (assumes !== undefined) {
    const arn = arnOf(assumes);
    const accountId = arn.split(":")[4];
    const { resourceControlPolicies } = POLICIES.get(accountId) ?? {};
    const role = { arn, accountId, trustPolicy: EVERYBODY, resourceControlPolicies };
    return evaluateAssumeRole({ caller, role, context: { mfa: true } }).result;
  }
  const accountId = caller.accountId ?? "";
  const arn = on === undefined ? `arn:aws:iam::${accountId}:role/any` : arnOf(on);
  return evaluateAccess({ caller, action: does, resource: { arn, accountId }, context: {} }).result;
}

it.each((rules as readonly Rule[]).map((rule) => [rule.rule, rule] as const))("%s", (_, rule) => {
  expect(decide(rule)).toBe(rule.expect);
});
