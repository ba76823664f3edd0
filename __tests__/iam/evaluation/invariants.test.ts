import fc from "fast-check";
import { evaluateAssumeRole } from "../../../src/iam/evaluation/evaluate-assume-role";
import type { AssumeRoleRequest, Decision } from "../../../src/iam/evaluation/request";
import { asArray, policyDocument } from "../../../src/iam/policy-document";
import type { PolicyDocument, Statement } from "../../../src/iam/policy-document";
import { Random } from "./random";
import { randomRequest } from "./random-request";

const requests = fc.integer().map((seed) => randomRequest(new Random(seed)));
const runs = { numRuns: 3000 };

describe("evaluateAssumeRole", () => {
  it("never allows once the trust policy denies everyone", () => {
    const deny: Statement = { Effect: "Deny", Principal: "*", Action: "sts:*" };
    fc.assert(
      fc.property(requests, (request) => {
        const statements = [...statementsOf(request.role.trustPolicy), deny];
        const decision = evaluateAssumeRole(withTrust(request, policyDocument(statements)));
        expect(decision.result).toBe("denied");
      }),
      runs,
    );
  });

  it("gives the same answer or unknown when a policy cannot be read", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { caller } = request;
        const hidden: readonly AssumeRoleRequest[] = [
          withTrust(request, "unknown"),
          withCaller(request, {
            identityPolicies: caller.identityPolicies.map(({ name }) => ({ name })),
          }),
          ...(caller.permissionsBoundary === undefined
            ? []
            : [withCaller(request, { permissionsBoundary: "unknown" })]),
        ];
        const { result } = evaluateAssumeRole(request);
        for (const each of hidden) {
          expect(["unknown", result]).toContain(evaluateAssumeRole(each).result);
        }
      }),
      runs,
    );
  });

  it("never allows more when an allowing statement is taken away", () => {
    fc.assert(
      fc.property(requests, fc.nat(5), (request, position) => {
        const statements = statementsOf(request.role.trustPolicy);
        const taken = statements[position % statements.length];
        fc.pre(taken.Effect === "Allow" && evaluateAssumeRole(request).result === "denied");
        const rest = policyDocument(statements.filter((statement) => statement !== taken));
        expect(evaluateAssumeRole(withTrust(request, rest)).result).toBe("denied");
      }),
      runs,
    );
  });

  it("names statements that exist and have the effect that it reports", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const decision = evaluateAssumeRole(request);
        const effect = decision.result === "allowed" ? "Allow" : "Deny";
        for (const { policy, statement } of decision.decidedBy) {
          expect(policyCalled(request, policy)[statement].Effect).toBe(effect);
        }
        if (decision.result === "allowed") expect(decision.decidedBy).not.toEqual([]);
        expect(decision.reason).not.toMatch(/undefined|\[object|^$/);
      }),
      runs,
    );
  });

  it("changes nothing that it is given, and answers the same every time", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const frozen = deepFreeze(structuredClone(request));
        const first: Decision = evaluateAssumeRole(frozen);
        expect(evaluateAssumeRole(frozen)).toEqual(first);
        expect(evaluateAssumeRole(request)).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });
});

function withTrust(
  request: AssumeRoleRequest,
  trustPolicy: PolicyDocument | "unknown",
): AssumeRoleRequest {
  return { ...request, role: { ...request.role, trustPolicy } };
}

function withCaller(
  request: AssumeRoleRequest,
  changes: Partial<AssumeRoleRequest["caller"]>,
): AssumeRoleRequest {
  return { ...request, caller: { ...request.caller, ...changes } };
}

function statementsOf(document: PolicyDocument | "unknown" | undefined): readonly Statement[] {
  return document === undefined || document === "unknown" ? [] : asArray(document.Statement);
}

function policyCalled({ caller, role }: AssumeRoleRequest, name: string): readonly Statement[] {
  if (name === "trust policy") return statementsOf(role.trustPolicy);
  if (name === "permissions boundary") return statementsOf(caller.permissionsBoundary);
  if (name === "session policy") return statementsOf(caller.sessionPolicies?.[0]);
  return statementsOf(caller.identityPolicies.find((policy) => policy.name === name)?.document);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
