import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import type { Model } from "../../../src/model/model";
import { verify } from "../../../src/review/verify/verify";
import { synthesize } from "../../stacks/organization";
import { DOCUMENTED, documentedShare } from "./documented-share";
import { resourceMutationsOf } from "./mutations";
import { allConfirmed, sharedOrganization } from "./shared-organization";

function verified(model: Model, stacks: ReturnType<typeof synthesize>) {
  return verify(model, readEstate(new Map(Object.entries(stacks)), estateFacts(model)));
}

const inOrganization = sharedOrganization("o-a1b2c3d4e5");
const listed = sharedOrganization();

it.each([
  ["in an organization, nothing is confirmed", inOrganization],
  ["in an organization, everything is confirmed", allConfirmed(inOrganization)],
  ["accounts are listed, nothing is confirmed", listed],
  ["accounts are listed, everything is confirmed", allConfirmed(listed)],
])("finds nothing in what the project itself synthesizes where %s", (_, model) => {
  expect(verified(model, synthesize(model))).toEqual({ findings: [], undecided: [] });
});

/** Changes of no effect: every request carries the key. */
const ALWAYS_THERE = /BoolIfExists aws:SecureTransport$/;
/** Another statement denies everyone but those who deploy, and those of the bucket's own account need none. */
const STATES = /^state-bucket .* policy (2 .*|statement added)$/;
/** A condition on `aws:PrincipalArn` leaves whom it left before. */
const GUARDED = /^owner .* policy \d principal (added|widened to everyone)$/;

it.each([
  [
    "of resources, everything confirmed",
    allConfirmed(inOrganization),
    /./,
    [ALWAYS_THERE, STATES],
    0.95,
  ],
  // These are written otherwise at that stage, and without an organization.
  [
    "of keys and logs, nothing confirmed",
    listed,
    /kms_key|logs_storage/,
    [ALWAYS_THERE, GUARDED],
    0.85,
  ],
] as const)(
  "finds every single change of a resource's policy, but for those that change no access: %s",
  (policies, model, which, withoutEffect, atLeast) => {
    const mutations = resourceMutationsOf(synthesize(model)).filter(({ name }) => which.test(name));
    const missed = mutations
      .filter(({ stacks }) => verified(model, stacks).findings.length === 0)
      .map(({ name }) => name);
    const share = (mutations.length - missed.length) / mutations.length;
    expect(mutations.length).toBeGreaterThan(80);
    const unexplained = missed.filter((name) => !withoutEffect.some((one) => one.test(name)));
    expect(unexplained).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(atLeast);
    expect(DOCUMENTED).toContain(documentedShare(policies, mutations.length, missed.length));
  },
);
