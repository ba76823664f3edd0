import fc from "fast-check";
import { evaluateAccess } from "../../../src/iam/evaluation/evaluate-access";
import type { AccessRequest, ControlPolicies } from "../../../src/iam/evaluation/request";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import cases from "./control-policies.json";
import { simulateAccess } from "./simulator";

const FULL = { name: "FullAWSAccess", document: policyDocument([allow("*")]) };
const OWN = "111122223333";
const OTHER = "444455556666";

function allow(action: string): Statement {
  return { Effect: "Allow", Action: action, Resource: "*" };
}

interface ControlCase {
  readonly case: string;
  readonly caller: string;
  readonly scp?: Statement;
  readonly rcp?: Statement;
  readonly action: string;
  readonly result: string;
}

/** The caller may do anything, and the bucket lets in everybody: what is left is the control policies'. */
function requestOf({ caller, action, scp, rcp }: Omit<ControlCase, "case" | "result">) {
  const arn = `arn:aws:iam::${OWN}:${caller}`;
  const kind = caller.startsWith("user/") ? "user" : caller === "root" ? "root" : "role";
  const levels = (statement?: Statement): ControlPolicies | undefined =>
    statement && [[FULL, { name: "ours", document: policyDocument([statement]) }]];
  const request: AccessRequest = {
    caller: {
      kind,
      arn,
      accountId: OWN,
      uniqueId: "AROAQRSTUVWXYZEXAMPLE",
      sessionName: "session",
      identityPolicies: kind === "root" ? [] : [{ name: "all", document: FULL.document }],
      serviceControlPolicies: levels(scp),
    },
    action,
    resource: {
      arn: "arn:aws:s3:::bucket/object",
      accountId: OTHER,
      policy: policyDocument([{ ...allow("*"), Principal: { AWS: [OWN, arn] } }]),
      resourceControlPolicies: levels(rcp),
    },
    context: { organizationId: "o-a1b2c3d4e5", time: "2029-01-01T00:00:00Z" },
  };
  return request;
}

describe("control policies", () => {
  test.each((cases as readonly ControlCase[]).map((each) => [each.case, each] as const))(
    "%s",
    (_, each) => {
      expect(evaluateAccess(requestOf(each)).result).toBe(each.result);
    },
  );

  test("decide as the independent implementation has it", async () => {
    const condition = fc.constantFrom<Statement["Condition"]>(
      undefined,
      { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/execution" } },
      { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
      { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-zzzzzzzzzz" } },
    );
    const ofServices: Partial<Statement>[] = [
      { Action: "s3:*" },
      { Action: ["sts:AssumeRole", "s3:GetObject"] },
    ];
    const control = (effects: Statement["Effect"][], actions: Partial<Statement>[]) =>
      fc
        .record({
          Effect: fc.constantFrom(...effects),
          actions: fc.constantFrom(...actions),
          condition,
        })
        .map(({ Effect, actions, condition: Condition }): Statement => ({
          Effect,
          ...actions,
          Resource: "*",
          // Of an Allow neither kind of policy takes a condition in every partition.
          ...(Effect === "Deny" && Condition !== undefined && { Condition }),
        }));
    const scpLevel = fc.array(
      control(["Allow", "Deny"], [{ Action: "*" }, ...ofServices, { NotAction: "s3:GetObject" }]),
      { minLength: 1, maxLength: 3 },
    );
    // Of one's own these can only deny; AWS attaches the one that allows everywhere.
    const rcpLevel = fc.array(control(["Deny"], ofServices), { minLength: 1, maxLength: 3 });
    const drawn = fc.record({
      caller: fc.constantFrom("role/execution", "role/other", "user/alice"),
      action: fc.constantFrom("s3:GetObject", "s3:PutObject"),
      scp: fc.array(scpLevel, { maxLength: 2 }),
      rcp: fc.array(rcpLevel, { maxLength: 2 }),
    });
    let allowed = 0;
    for (const { caller, action, scp, rcp } of fc.sample(drawn, {
      numRuns: 1500,
      seed: 20261126,
    })) {
      const request = requestOf({ caller, action });
      const policies = (all: readonly (readonly Statement[])[], named: boolean): ControlPolicies =>
        all.map((statements, index) => [
          ...(named ? [{ ...FULL, name: "RCPFullAWSAccess" }] : []),
          {
            name: `level-${index}`,
            document: policyDocument(
              statements.map((each) => (named ? { ...each, Principal: "*" as const } : each)),
            ),
          },
        ]);
      const one: AccessRequest = {
        ...request,
        caller: { ...request.caller, serviceControlPolicies: policies(scp, false) },
        resource: { ...request.resource, resourceControlPolicies: policies(rcp, true) },
      };
      const { result } = evaluateAccess(one);
      if (result === "allowed") allowed += 1;
      expect([one, result]).toEqual([one, (await simulateAccess(one)) ? "allowed" : "denied"]);
    }
    expect(allowed).toBeGreaterThan(100);
  });
});
