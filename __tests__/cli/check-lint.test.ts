import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LINT_RULES } from "../../src/lint/rules";
import { Checkout } from "./checkout";

let checkout: Checkout;

afterEach(() => checkout.remove());

const VENDOR = { account: "vendor", acceptNoExternalId: true };

/** An organization with one trust that a rule warns of, and one permission that is an error. */
function organization(options: {
  readonly vendor?: object;
  readonly ops?: object;
  readonly account?: object;
}): object {
  return {
    accounts: {
      ours: { id: "111122223333", ...options.account },
      vendor: { id: "900000000001", external: true },
    },
    roles: {
      Vendor: { accounts: ["ours"], trusts: [VENDOR], ...options.vendor },
      ops: {
        accounts: ["ours"],
        trusts: [{ service: "ec2.amazonaws.com" }],
        statements: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" }],
        ...options.ops,
      },
    },
  };
}

const FINE = { statements: [] };

describe("check, of what the stacks would deploy", () => {
  test("explains a trap once and names each place; an error is a finding, with exit code 1", async () => {
    checkout = new Checkout(organization({}));
    const { code, out } = await checkout.run("check");
    expect(code).toBe(1);
    expect(out).toMatch(
      /\nwarning: account-trust-of-any-organization: trust in a whole account goes on .*; do: demand .*\n {2}https:\/\/docs\.aws\.amazon\.com\/\S+\n {2}ours\/Vendor, trust policy, statement 0: all of arn:aws:iam::900000000001:root is trusted without a condition on the organization \(ours: aws_iam_role\.\S+\)\n/,
    );
    expect(out).toMatch(
      /\nerror: assume-role-on-everything: .*\n {2}https.*\n {2}ours\/ops, policy /,
    );
    expect(out).toMatch(/\n1 error, 1 warning\n$/);
  });

  test("a warning alone is fine", async () => {
    checkout = new Checkout(organization({ ops: FINE }));
    const { code, out } = await checkout.run("check");
    expect(code).toBe(0);
    expect(out).toMatch(/\nno errors, 1 warning\n$/);
  });

  test.each([
    ["roles.Vendor", { vendor: { silence: { "account-trust-of-any-organization": "a partner" } } }],
    [
      "accounts.ours",
      { account: { silence: { "account-trust-of-any-organization": "a partner" } } },
    ],
  ])("%s silences a rule, and its reason stays visible", async (by, options) => {
    checkout = new Checkout(organization({ ...options, ops: FINE }));
    const { code, out, err } = await checkout.run("check");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(
      "\nsilenced: account-trust-of-any-organization: ours/Vendor, trust policy",
    );
    expect(out).toContain(`; ${by}: a partner\n`);
    expect(out).toMatch(/\nno errors, 0 warnings\n$/);
    const { lint } = JSON.parse((await checkout.run("check", "--json")).out);
    expect(lint.findings).toEqual([]);
    expect(lint.silenced).toEqual([
      expect.objectContaining({
        rule: "account-trust-of-any-organization",
        owner: "arn:aws:iam::111122223333:role/Vendor",
        stack: "ours",
        by,
        reason: "a partner",
      }),
    ]);
  });

  test("an entry silences nothing of others", async () => {
    checkout = new Checkout(
      organization({ ops: { ...FINE, silence: { "account-trust-of-any-organization": "no" } } }),
    );
    const { out, err } = await checkout.run("check");
    expect(out).toContain("\nwarning: account-trust-of-any-organization: ");
    expect(err).toMatch(
      /^warning: accounts\.json:\d+:\d+ roles\.ops\.silence\.account-trust-of-any-organization: expected a finding to silence, found none, do: take it out\n$/,
    );
  });

  test("an unknown rule, and a silence without a reason, are bad input", async () => {
    checkout = new Checkout(
      organization({ vendor: { silence: { "not-principle": "why", "mfa-if-exists": "" } } }),
    );
    const { code, err } = await checkout.run("check");
    expect(code).toBe(2);
    expect(err).toContain("roles.Vendor.silence");
    expect(err).toContain('"not-principal"');
    expect(err).toContain("expected the reason in one line");
  });
});

test("docs/lint.md has every rule, as it is", () => {
  checkout = new Checkout();
  const page = readFileSync(join(__dirname, "../../docs/lint.md"), "utf8").replace(/\s+/g, " ");
  for (const { id, severity, page: url } of LINT_RULES) {
    expect(page).toContain(`[\`${id}\`](${url}) | ${severity} |`);
  }
});
