import { withControlPolicies } from "../../src/estate/control-policies";
import { accessOf, type Access, type AccessOptions } from "../../src/estate/access";
import type { Estate, Identity } from "../../src/estate/estate";
import { tryParseIamArn } from "../../src/iam/arn";
import {
  policyDocument,
  type OneOrMany,
  type PolicyDocument,
  type Statement,
} from "../../src/iam/policy-document";
import { asArray } from "../../src/iam/policy-document";

/** A policy of a table: statements, or `unknown` for one that cannot be read. */
export type Policy = OneOrMany<Statement> | "unknown";

/** An identity of a table. */
export interface TableIdentity {
  /** A role's; without it nobody gets in. */
  readonly trust?: Policy;
  /** Role ARNs that it may assume, the usual other half. */
  readonly may?: OneOrMany<string>;
  /** Further identity policies. */
  readonly policies?: readonly Policy[];
  readonly boundary?: Policy;
  readonly uniqueId?: string;
  readonly organizationId?: string;
}

/** A rule with an estate that shows it. Everywhere `A:role/foo` stands for the ARN in account A. */
export interface AccessRule {
  readonly rule: string;
  /** By ARN. */
  readonly identities: Readonly<Record<string, TableIdentity>>;
  /** Control policies that are attached to accounts beside AWS's own. @default - none */
  readonly controls?: readonly {
    readonly account: string;
    readonly kind: "service" | "resource";
    readonly policy: Policy;
  }[];
  /** @default "do not exist" */
  readonly unlisted?: AccessOptions["unlisted"];
  /** `B:role/bar -> A:role/foo allowed by principal with MFA`; sorted. */
  readonly access: readonly string[];
}

/** A (the trusting account), B (the trusted one) and C are in the estate as soon as somebody is there. */
const ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ["A", "444455556666"],
  ["B", "111122223333"],
  ["C", "100000000003"],
  ["V", "900000000001"],
]);

/** The rule with ARNs in full. */
export function spellOut<T>(rule: T): T {
  const text = JSON.stringify(rule).replace(
    /(?<![\w:])([ABCV]):(role|user|root|oidc-provider|saml-provider)/g,
    (_, account: string, type: string) => `arn:aws:iam::${ACCOUNTS.get(account)}:${type}`,
  );
  return JSON.parse(text);
}

/** The accesses of a rule's estate, spelled as in its `access`. */
export function accessLines(rule: AccessRule): readonly string[] {
  const { identities, unlisted = "do not exist", controls = [] } = spellOut(rule);
  const declared = controls.map(({ account, kind, policy }, index) => {
    const name = `control-${index}`;
    return {
      accountId: ACCOUNTS.get(account) ?? account,
      kind,
      policy: policy === "unknown" ? { name } : { name, document: documentOf(policy) },
      origin: { stack: "test", address: name },
    };
  });
  return accessOf(withControlPolicies(estateOf(identities), declared), { unlisted })
    .map(line)
    .sort();
}

/** An estate of these identities. */
export function estateOf(identities: Readonly<Record<string, TableIdentity>>): Estate {
  return {
    accounts: new Map(),
    identities: new Map(
      Object.entries(identities).map(([arn, identity]) => [arn, identityOf(arn, identity)]),
    ),
    resources: new Map(),
    unknowns: [],
  };
}

function identityOf(arn: string, table: TableIdentity): Identity {
  const parsed = tryParseIamArn(arn);
  if (parsed === undefined) throw new Error(`not an ARN: ${arn}`);
  const { accountId, name, path, type } = parsed;
  const { trust, may, policies = [], boundary, uniqueId, organizationId } = table;
  const origin = { stack: "test", address: "test" };
  const other: readonly Policy[] =
    may === undefined ? [] : [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: may }];
  return {
    kind: type === "role" ? "role" : "user",
    arn,
    name,
    path,
    accountId,
    uniqueId,
    organizationId,
    policies: [...other, ...policies].map((policy, index) => ({
      name: `policy-${index}`,
      document: policy === "unknown" ? undefined : documentOf(policy),
      origin,
    })),
    permissionsBoundary:
      boundary === undefined || boundary === "unknown" ? boundary : documentOf(boundary),
    trustPolicy:
      trust === undefined ? documentOf([]) : trust === "unknown" ? trust : documentOf(trust),
    defined: true,
    origin,
  };
}

/** The document of a policy of a table. */
export function documentOf(statements: OneOrMany<Statement>): PolicyDocument {
  return policyDocument(asArray(statements));
}

function line({ roleArn, principal, result, by, needs }: Access): string {
  const brought = needs.length === 0 ? "" : ` with ${needs.join(", ")}`;
  return shorten(`${principal} -> ${roleArn} ${result} by ${by}${brought}`);
}

/** ARNs in a text as the tables have them. */
export function shorten(text: string): string {
  return [...ACCOUNTS].reduce(
    (shorter, [letter, id]) => shorter.replaceAll(`arn:aws:iam::${id}:`, `${letter}:`),
    text,
  );
}
