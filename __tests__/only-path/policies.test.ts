import { insidePolicy } from "../../src/only-path/inside-policy";
import { onlyPathPolicies } from "../../src/only-path/only-path";
import { namesAccounts, outsidePolicy } from "../../src/only-path/outside-policy";
import { asArray, policySize } from "../../src/iam/policy-document";
import { CONTROL_POLICY_SIZE } from "../../src/iam/quotas";
import { guardedOf } from "./example";
import policies from "./policies.json";

describe("the policies of the example's accounts", () => {
  it.each(["security", "prod"] as const)("%s, in full", (name) => {
    const { inside, outside } = onlyPathPolicies(guardedOf(name));
    expect({ inside, outside }).toEqual(policies[name]);
  });

  it.each(["security", "prod"])("%s: fit their quota", (name) => {
    const { inside, outside } = onlyPathPolicies(guardedOf(name));
    for (const { document } of [inside, outside]) {
      expect(policySize(document)).toBeLessThan(CONTROL_POLICY_SIZE / 2);
    }
  });
});

describe("principals that do not fit one by one", () => {
  const guarded = (accounts: number, roles: number) => ({
    ...guardedOf("prod"),
    declared: Array.from({ length: accounts * roles }, (_, index) => {
      const account = `2${String(Math.floor(index / roles)).padStart(11, "0")}`;
      return `arn:aws:iam::${account}:role/a-role-that-is-trusted-${index}`;
    }),
  });

  it("are named by their accounts", () => {
    const many = guarded(3, 40);
    expect(namesAccounts(guarded(3, 10))).toBe(false);
    expect(namesAccounts(many)).toBe(true);
    const [statement] = asArray(outsidePolicy(many)?.Statement);
    expect(statement.Condition?.ArnNotLikeIfExists).toEqual({
      "aws:PrincipalArn": [
        "arn:aws:iam::100000000004:*",
        "arn:aws:iam::200000000000:*",
        "arn:aws:iam::200000000001:*",
        "arn:aws:iam::200000000002:*",
      ],
    });
  });

  it("have no policy where their accounts do not fit either", () => {
    expect(outsidePolicy(guarded(400, 1))).toBeUndefined();
    expect(() => onlyPathPolicies(guarded(400, 1))).toThrow("do not fit a policy");
  });
});

test("the inside policy lets a deployer of the same account assume its execution role", () => {
  const [, , assume] = asArray(insidePolicy(guardedOf("security")).Statement);
  expect(assume.Condition?.ArnNotLike["aws:PrincipalArn"]).toContain(
    "arn:aws:iam::100000000002:role/crosstrust-deployer",
  );
  const [, , ofProd] = asArray(insidePolicy(guardedOf("prod")).Statement);
  expect(JSON.stringify(ofProd)).not.toContain("100000000002");
});

test("the outside policy keeps nobody from an existing deployer, whose trust policy is not known", () => {
  const deployer = "arn:aws:iam::100000000002:role/deployer";
  const document = outsidePolicy({ ...guardedOf("security"), existingDeployers: [deployer] });
  for (const statement of asArray(document?.Statement)) {
    expect(statement.NotResource).toContain(deployer);
  }
});
