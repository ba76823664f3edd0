import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import type { Conditions } from "../../../src/iam/policy-document";
import type { Model } from "../../../src/model/model";
import { verify } from "../../../src/review/verify/verify";
import { modelOf, synthesize } from "../../stacks/organization";
import CASES from "./conditions.cases.json";

const oidc = {
  issuer: "https://token.actions.githubusercontent.com",
  audience: "sts.amazonaws.com",
};

const VENDOR = { account: "vendor", externalId: "agreed-with-vendor" };

/** A role with one trust. */
function modelTrusting(trust: object): Model {
  return modelOf({
    accounts: { a: { id: "111122223333" }, vendor: { id: "900000000001", external: true } },
    roles: { build: { accounts: ["a"], trusts: [trust] } },
  });
}

/** That of an account outside: whoever is there may carry any tags. */
function modelWith(conditions: Conditions): Model {
  return modelTrusting({ ...VENDOR, conditions });
}

function verified(model: Model, deployed: Model) {
  const stacks = new Map(Object.entries(synthesize(deployed)));
  return verify(model, readEstate(stacks, estateFacts(model)));
}

describe("raw conditions of a trust are compared with what is deployed:", () => {
  it.each(CASES)("$name", ({ declared, deployed, findings }) => {
    const found = verified(
      modelWith(declared as unknown as Conditions),
      modelWith(deployed as unknown as Conditions),
    );
    expect(found.findings.map(({ kind, says }) => [kind, says])).toEqual(findings);
    expect(found.undecided).toEqual([]);
  });
});

/** A trust, and the same without the last of the values that it lists. */
const LISTS: readonly (readonly [string, object, object, string])[] = [
  [
    "subject of a token",
    { oidc: { ...oidc, subject: ["repo:acme/infra:ref:main", "repo:acme/app:*"] } },
    { oidc: { ...oidc, subject: ["repo:acme/infra:ref:main"] } },
    "token.actions.githubusercontent.com:sub repo:acme/app:x and 1 more",
  ],
  [
    "source identity",
    { ...VENDOR, sourceIdentity: ["alice", "bob"] },
    { ...VENDOR, sourceIdentity: ["alice"] },
    "sts:SourceIdentity bob",
  ],
  [
    "session name",
    { ...VENDOR, sessionName: ["build", "test"] },
    { ...VENDOR, sessionName: ["build"] },
    "sts:RoleSessionName test",
  ],
  [
    "value of a session tag",
    { ...VENDOR, sessionTags: { team: ["a", "b"] } },
    { ...VENDOR, sessionTags: { team: ["a"] } },
    "aws:RequestTag/team b",
  ],
  [
    "address",
    { ...VENDOR, sourceIp: ["192.0.2.0/28", "198.51.100.0/28"] },
    { ...VENDOR, sourceIp: ["192.0.2.0/28"] },
    "aws:SourceIp 198.51.100.0",
  ],
  [
    "VPC endpoint",
    { ...VENDOR, sourceVpce: ["vpce-0a1b2c3d4e5f60718", "vpce-0a1b2c3d4e5f60719"] },
    { ...VENDOR, sourceVpce: ["vpce-0a1b2c3d4e5f60718"] },
    "aws:SourceVpce vpce-0a1b2c3d4e5f60719",
  ],
];

describe("of the values that a trust lists, one that does not get in is missing:", () => {
  it.each(LISTS)("%s", (_, declared, deployed, way) => {
    const model = modelTrusting(declared);
    expect(verified(model, model)).toEqual({ findings: [], undecided: [] });
    const { findings, undecided } = verified(model, modelTrusting(deployed));
    expect(findings.map(({ kind, says }) => [kind, says])).toEqual([
      ["missing", `it is declared with ${way} and is refused then`],
    ]);
    expect(undecided).toEqual([]);
  });

  it.each(LISTS)("%s, and one that nobody declared is wider", (_, declared, deployed) => {
    const { findings } = verified(modelTrusting(deployed), modelTrusting(declared));
    expect(findings.map(({ kind }) => kind)).toEqual(["wider"]);
  });
});
