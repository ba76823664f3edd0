import { switchRoleUrl } from "../../src/people/switch-role-url";

const ROLE = { accountId: "111122223333", path: "/", name: "app", displayName: "App" };

test.each([
  ["aws", "signin.aws.amazon.com"],
  ["aws-us-gov", "signin.amazonaws-us-gov.com"],
  ["aws-cn", "signin.amazonaws.cn"],
] as const)("people of the partition %s sign in at %s", (partition, host) => {
  expect(new URL(switchRoleUrl({ partition, ...ROLE })).host).toBe(host);
});

test("every part comes back as it was, whatever its characters", () => {
  const parts = {
    accountId: "111122223333",
    path: "/a&b/c=d/",
    name: "app+x@y",
    displayName: "50% & more #1? (é) 'x' ~!*",
  };
  const url = switchRoleUrl({ partition: "aws", ...parts, color: "f2b0a9" });

  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
    account: parts.accountId,
    roleName: "a&b/c=d/app+x@y",
    displayName: parts.displayName,
    color: "f2b0a9",
  });
  expect(url).not.toMatch(/[\s()'"<>*!~]/);
});

test("a role without a colour has none in its address", () => {
  expect(switchRoleUrl({ partition: "aws", ...ROLE })).not.toContain("color");
});
