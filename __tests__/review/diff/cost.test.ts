import { compareEstates } from "../../../src/review/diff/compare-estates";
import { largeOrganization, type Change } from "./large-organization";

function requestsOf(accounts: number, change: Change): number {
  return compareEstates(largeOrganization(accounts), largeOrganization(accounts, change)).requests;
}

const MFA: Change = { condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };

test("requests grow with what differs, and with nothing else", () => {
  expect(requestsOf(10, {})).toBe(0);
  expect(requestsOf(200, {})).toBe(0);
  const firstOnly: Change = { firstPrincipal: "arn:aws:iam::900000000001:root" };
  expect(requestsOf(200, firstOnly)).toBe(requestsOf(10, firstOnly));
  expect(requestsOf(10, firstOnly)).toBeGreaterThan(0);
});

test("a change of every trust costs as many times more as there are more trusts", () => {
  const [few, many] = [requestsOf(10, MFA), requestsOf(200, MFA)];
  expect(few).toBeGreaterThan(0);
  expect(many).toBe(20 * few);
});
