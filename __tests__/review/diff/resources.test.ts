import type { Estate, EstateResource, KeyGrant } from "../../../src/estate/estate";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import { compareEstates } from "../../../src/review/diff/compare-estates";
import { sentencesOf } from "../../../src/review/diff/sentences";
import { withoutImplied } from "../../../src/review/diff/without-implied";
import { estateOf } from "../../estate/access-table";
import cases from "./resources.json";

const PROD = "111111111111";
const BUILD = "222222222222";
const ACCOUNTS = new Map([
  [PROD, "prod"],
  [BUILD, "build"],
]);

interface Written {
  readonly statements?: readonly Statement[];
  /** @default - the policy can be read */
  readonly unread?: true;
  /** @default - the resource is there */
  readonly absent?: true;
  readonly grants?: readonly Omit<KeyGrant, "origin">[];
}

const ARNS: Readonly<Record<string, string>> = {
  bucket: "arn:aws:s3:::data",
  key: `arn:aws:kms:eu-west-1:${PROD}:key/data`,
};

function resourceOf(kind: string, { statements, unread, grants = [] }: Written): EstateResource {
  return {
    type: kind === "key" ? "aws_kms_key" : "aws_s3_bucket",
    arn: ARNS[kind],
    accountId: PROD,
    ...(statements !== undefined && { policy: policyDocument(statements) }),
    ...(unread && { policy: "unknown" }),
    grants: grants.map((grant, index) => ({
      ...grant,
      origin: { stack: "prod", address: `aws_kms_grant.grant${index}` },
    })),
    defined: true,
    origin: { stack: "prod", address: `aws.${kind}` },
  };
}

function estate(kind: string, written: Written): Estate {
  const base = estateOf({
    [`arn:aws:iam::${BUILD}:role/ci`]: {},
    [`arn:aws:iam::${PROD}:role/app`]: {},
  });
  if (written.absent) return base;
  return { ...base, resources: new Map([[ARNS[kind], resourceOf(kind, written)]]) };
}

function said(kind: string, before: Written, after: Written): readonly string[] {
  const { differences } = compareEstates(estate(kind, before), estate(kind, after), {
    accounts: ACCOUNTS,
  });
  return sentencesOf(withoutImplied(differences)).map(
    ({ direction, text }) => `${direction}: ${text}`,
  );
}

const MIRROR: Readonly<Record<string, string>> = { widened: "narrowed", narrowed: "widened" };

describe("what the policy of a resource, and grants on a key, let principals do", () => {
  test.each(cases)("$rule", ({ kind, before, after, told }) => {
    expect(said(kind, before as Written, after as Written)).toEqual(told);
  });

  test.each(cases)("back: $rule", ({ kind, before, after, told }) => {
    const directions = (sentences: readonly string[]): readonly string[] =>
      sentences.map((sentence) => sentence.split(":")[0]).sort();
    const back = directions(said(kind, after as Written, before as Written));
    expect(back.map((direction) => MIRROR[direction] ?? direction).sort()).toEqual(
      directions(told),
    );
  });
});

test("a grantee that is replaced keeps what its grant lets it do, and the grant breaks until it is made again", () => {
  const named = (name: string): Estate => {
    const arn = `arn:aws:iam::${BUILD}:role/${name}`;
    const [ci] = estateOf({ [arn]: {} }).identities.values();
    const grant = { granteePrincipal: arn, operations: ["Decrypt"], constrained: false };
    return {
      ...estate("key", { statements: [], grants: [grant] }),
      identities: new Map([
        [arn, { ...ci, origin: { stack: "build", address: "aws_iam_role.ci" } }],
      ]),
    };
  };
  const { differences, replaced } = compareEstates(named("ci"), named("builder"));
  expect(differences).toEqual([]);
  expect(replaced.map(({ breaks, stacks }) => [breaks, stacks])).toEqual([
    [
      [
        {
          label: `kms key/data of ${PROD}`,
          origin: { stack: "prod", address: "aws_kms_grant.grant0" },
        },
      ],
      ["prod"],
    ],
  ]);
});

test("a grant is found where it stands, not where the key's policy does", () => {
  const grant = {
    granteePrincipal: `arn:aws:iam::${BUILD}:role/ci`,
    operations: ["Decrypt"],
    constrained: false,
  };
  const { differences } = compareEstates(estate("key", {}), estate("key", { grants: [grant] }));
  expect(differences.map(({ origins }) => origins)).toEqual([
    [{ stack: "prod", address: "aws_kms_grant.grant0" }],
  ]);
});
