import { withControlPolicies } from "../../../src/estate/control-policies";
import type { DeclaredControlPolicy } from "../../../src/estate/declarations";
import { callerOf } from "../../../src/estate/caller-of";
import type { Statement } from "../../../src/iam/policy-document";
import { decideOn } from "../../../src/review/ask/decide-on";
import { accountPrincipal } from "../../../src/review/names/principal";
import { estateOf } from "../../estate/access-table";
import places from "./control-policy-places.json";

const [A, B] = ["111122223333", "444455556666"];
const CI = `arn:aws:iam::${A}:role/ci`;
const DEPLOY = `arn:aws:iam::${B}:role/deploy`;

const ESTATE = estateOf({
  [CI]: { may: DEPLOY },
  [DEPLOY]: {
    trust: { Effect: "Allow", Principal: { AWS: CI }, Action: "sts:AssumeRole" },
  },
});

/* Where people find the control policy that decides: at the attachment that binds the account. */
test.each(places)("$rule", ({ attached, place }) => {
  const declared = attached.map(({ accountId, kind, name, denies }): DeclaredControlPolicy => {
    const statement: Statement = {
      Sid: "Hold",
      Effect: "Deny",
      ...(kind === "resource" && { Principal: "*" }),
      Action: denies,
      Resource: "*",
    };
    return {
      accountId,
      kind: kind === "resource" ? "resource" : "service",
      policy: { name, document: { Version: "2012-10-17", Statement: statement } },
      origin: {
        stack: "root",
        address: `aws_organizations_policy_attachment.${name}_${accountId}`,
      },
    };
  });
  const estate = withControlPolicies(ESTATE, declared);
  const role = estate.identities.get(DEPLOY)!;
  // A role of the stacks, and one of its account that no stack makes.
  const { caller: anyone } = accountPrincipal(`arn:aws:iam::${A}:root`, estate, undefined);
  for (const caller of [callerOf(estate.identities.get(CI)!), anyone]) {
    const decided = decideOn({
      caller,
      action: "sts:AssumeRole",
      target: { kind: "role", role },
      context: {},
      controlPolicies: estate.controlPolicies,
    });
    expect(decided.result).toBe("denied");
    expect(decided.places).toEqual([{ ...place, statement: 0, sid: "Hold" }]);
  }
});
