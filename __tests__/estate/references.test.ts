import { readEstate, type EstateFacts } from "../../src/estate/read-estate";
import type { Identity } from "../../src/estate/estate";
import { asArray } from "../../src/iam/policy-document";
import table from "./references.json";

/** A case of the table: what a text of the stack comes to, or why that cannot be told. */
interface ReferenceCase {
  readonly text: string;
  readonly resolved?: string;
  readonly unknown?: string;
}

const CASES: readonly ReferenceCase[] = table.cases;
const PROBE = "arn:aws:iam::444455556666:user/probe";

/** The stack of the table with a user whose policy names a resource by this text. */
function probeWith(resource: string, facts: EstateFacts = {}) {
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: "RESOURCE" },
  });
  const { resource: resources, ...rest } = table.stack;
  const stack = {
    ...rest,
    resource: {
      ...resources,
      aws_iam_user: { ...resources.aws_iam_user, probe: { name: "probe" } },
      aws_iam_user_policy: {
        probe: { name: "probe", user: "probe", policy: policy.replace("RESOURCE", () => resource) },
      },
    },
  };
  return readEstate(new Map([["stack", stack]]), facts);
}

function resourceOf(identity: Identity | undefined): unknown {
  return asArray(identity?.policies[0].document?.Statement)[0]?.Resource;
}

describe("a reference in a policy", () => {
  const resolved = CASES.filter((each) => each.resolved !== undefined);
  it.each(resolved.map(({ text, resolved: to }) => [text, to]))("%s is %s", (text, to) => {
    const { identities, unknowns } = probeWith(text ?? "");
    expect(resourceOf(identities.get(PROBE))).toBe(to);
    expect(unknowns.filter(({ origin }) => origin.address === "aws_iam_user_policy.probe")).toEqual(
      [],
    );
  });

  const unknown = CASES.filter((each) => each.unknown !== undefined);
  it.each(unknown.map(({ text, unknown: why }) => [text, why]))(
    "%s cannot be told, and leaves the whole policy unknown",
    (text, reason) => {
      const { identities, unknowns } = probeWith(text ?? "");
      expect(identities.get(PROBE)?.policies).toEqual([
        { name: "probe", origin: { stack: "stack", address: "aws_iam_user_policy.probe" } },
      ]);
      expect(unknowns).toContainEqual({
        origin: { stack: "stack", address: "aws_iam_user_policy.probe" },
        attribute: "policy",
        reason,
        bearing: "access",
      });
    },
  );

  it("to a unique ID is known to who knows unique IDs", () => {
    const foo = "arn:aws:iam::444455556666:role/team/foo";
    const uniqueIds = new Map([[foo, "AROAFOOFOOFOOFOOFOO01"]]);
    const { identities } = probeWith("${aws_iam_role.foo.unique_id}", { uniqueIds });
    expect(resourceOf(identities.get(PROBE))).toBe("AROAFOOFOOFOOFOOFOO01");
    expect(identities.get(foo)?.uniqueId).toBe("AROAFOOFOOFOOFOOFOO01");
  });
});
