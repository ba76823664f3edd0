import { readEstate } from "../../../src/estate/read-estate";
import type { Estate } from "../../../src/estate/estate";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import { compareEstates } from "../../../src/review/diff/compare-estates";
import { unchangedTexts } from "../../../src/review/diff/diff-report";
import { sentencesOf } from "../../../src/review/diff/sentences";
import { withoutImplied } from "../../../src/review/diff/without-implied";
import cases from "./control-policies.json";

const CLIENT = "444455556666";

/** Statements of a policy of each kind on the account; a text stands for one that cannot be read. */
interface Attached {
  readonly service?: readonly Statement[] | string;
  readonly resource?: readonly Statement[] | string;
}

const TYPES = { service: "SERVICE_CONTROL_POLICY", resource: "RESOURCE_CONTROL_POLICY" } as const;

/** An organization with a role that an account trusts, and policies on its account. */
function estate(attached: Attached, roleName = "foo"): Estate {
  const trust = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: "sts:AssumeRole",
    },
  };
  const kinds = (["service", "resource"] as const).filter((kind) => attached[kind] !== undefined);
  const policies = kinds.map((kind) => {
    const says = attached[kind];
    const content =
      typeof says === "string" ? says : JSON.stringify({ Version: "2012-10-17", Statement: says });
    return [kind, { name: "guard", type: TYPES[kind], content }];
  });
  const attachments = kinds.map((kind) => [
    kind,
    { policy_id: `\${aws_organizations_policy.${kind}.id}`, target_id: CLIENT },
  ]);
  const stack = {
    provider: { aws: [{ region: "eu-west-1", allowed_account_ids: [CLIENT] }] },
    resource: {
      aws_iam_role: { foo: { name: roleName, assume_role_policy: JSON.stringify(trust) } },
      aws_organizations_policy: Object.fromEntries(policies),
      aws_organizations_policy_attachment: Object.fromEntries(attachments),
    },
  };
  return readEstate(new Map([["root", stack]]));
}

function said(before: Estate, after: Estate): readonly string[] {
  const accounts = new Map([
    [CLIENT, "client"],
    ["111122223333", "root"],
  ]);
  const differences = compareEstates(before, after, { accounts }).differences.filter(
    ({ kind }) => kind !== "reading",
  );
  return sentencesOf(withoutImplied(differences)).map(
    ({ direction, text }) => `${direction}: ${text}`,
  );
}

const MIRROR: Readonly<Record<string, string>> = { widened: "narrowed", narrowed: "widened" };

describe("control policies in a comparison", () => {
  it.each(cases)("$rule", ({ before, after, told }) => {
    expect(said(estate(before as Attached), estate(after as Attached))).toEqual(told);
  });

  it.each(cases)("back: $rule", ({ before, after, told }) => {
    const directions = (sentences: readonly string[]): readonly string[] =>
      sentences.map((sentence) => sentence.split(":")[0]);
    const back = said(estate(after as Attached), estate(before as Attached));
    expect([...directions(back)].sort()).toEqual(
      directions(told)
        .map((direction) => MIRROR[direction] ?? direction)
        .sort(),
    );
  });

  it("that are written otherwise, and deny the same, are told as that", () => {
    const deny = (Action: string): Statement => ({ Effect: "Deny", Action, Resource: "*" });
    const wide = estate({ service: [deny("iam:*")] });
    const twice = estate({ service: [deny("iam:*"), deny("iam:CreateUser")] });
    const { unchanged } = compareEstates(wide, twice, { accounts: new Map([[CLIENT, "client"]]) });
    expect(unchangedTexts(unchanged)).toEqual([
      "the control policies of client are written otherwise and say the same",
    ]);
  });

  it("are told at their attachments", () => {
    const deny: Statement = { Effect: "Deny", Action: "iam:*", Resource: "*" };
    const { differences } = compareEstates(estate({}), estate({ service: [deny] }));
    expect(
      new Set(differences.flatMap(({ origins }) => origins.map(({ address }) => address))),
    ).toEqual(new Set(["aws_organizations_policy_attachment.service"]));
  });

  it("of an account that comes or goes are not told", () => {
    const deny: Statement = { Effect: "Deny", Action: "iam:*", Resource: "*" };
    const none: Estate = {
      accounts: new Map(),
      identities: new Map(),
      resources: new Map(),
      unknowns: [],
    };
    const only = { ...estate({ service: [deny] }), identities: new Map() };
    expect(said(none, only)).toEqual([]);
    expect(said(only, none)).toEqual([]);
  });

  it("that except a role are the same when it is called otherwise", () => {
    const excepting = (name: string): Estate => {
      const arn = `arn:aws:iam::${CLIENT}:role/${name}`;
      const Condition = { ArnNotEquals: { "aws:PrincipalArn": arn } };
      return estate(
        { service: [{ Effect: "Deny", Action: "iam:*", Resource: "*", Condition }] },
        name,
      );
    };
    expect(said(excepting("foo"), excepting("bar"))).toEqual([]);
  });

  it("do not hide a trust that opens or closes behind them", () => {
    const closed = estate({
      resource: [{ Effect: "Deny", Principal: "*", Action: "sts:*", Resource: "*" }],
    });
    const trusting = (statement: Statement): Estate => ({
      ...closed,
      identities: new Map(
        [...closed.identities].map(([arn, role]) => [
          arn,
          { ...role, trustPolicy: { Statement: statement } },
        ]),
      ),
    });
    const open = trusting({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" });
    const opens = "any user or role anywhere in AWS and any AWS service can now assume client/foo";
    expect(said(closed, open)).toContain(`widened: ${opens}`);
    expect(said(open, closed)).toContain(`narrowed: ${opens.replace("now", "no longer")}`);
  });

  it("do not hide what a principal may do behind them", () => {
    const closed = estate({ service: [{ Effect: "Deny", Action: "*", Resource: "*" }] });
    const document = policyDocument([{ Effect: "Allow", Action: "s3:*", Resource: "*" }]);
    const origin = { stack: "root", address: "aws_iam_role_policy.foo" };
    const policies = [{ name: "own", document, origin }];
    const more: Estate = {
      ...closed,
      identities: new Map(
        [...closed.identities].map(([arn, role]) => [arn, { ...role, policies }]),
      ),
    };
    expect(said(closed, more)).toEqual(["widened: client/foo may now do s3:* on everything"]);
    expect(said(more, closed)).toEqual([
      "narrowed: client/foo may no longer do s3:* on everything",
    ]);
  });
});
