import { join } from "node:path";
import { synthesizeInMemory } from "../../src/app";
import { accessOf } from "../../src/estate/access";
import type { Estate, Identity } from "../../src/estate/estate";
import { readEstate } from "../../src/estate/read-estate";
import type { Model } from "../../src/model/model";
import { readModel } from "../../src/model/read-model";
import expected from "./staged-bootstrap.json";

function sampleModel(): Model {
  const { model } = readModel(join(__dirname, "../../examples/staged-bootstrap/accounts.json"));
  if (model === undefined) throw new Error("the staged-bootstrap example has problems");
  return model;
}

/** What is read of it, and nothing that it was made from. */
function sampleEstate(model: Model): Estate {
  return readEstate(
    synthesizeInMemory(model, () => undefined),
    {
      organizationIds: new Map(
        model.accounts.flatMap(({ id, organizationId }) =>
          organizationId === undefined ? [] : [[id, organizationId]],
        ),
      ),
    },
  );
}

/** An identity without what repeats its ARN and without Terraform's addresses. */
function summaryOf({ trustPolicy, policies, origin, defined, organizationId }: Identity) {
  return {
    stack: origin.stack,
    defined,
    organizationId,
    ...(trustPolicy !== undefined && { trustPolicy }),
    policies: Object.fromEntries(
      policies.map(({ name, group, document }) => [
        group === undefined ? name : `${name} of group ${group}`,
        // As long as AWS's own: what counts is that it is known.
        document !== undefined && name.startsWith("arn:aws:iam::aws:policy/") ? "of AWS" : document,
      ]),
    ),
  };
}

describe("the estate of the staged-bootstrap example", () => {
  const estate = sampleEstate(sampleModel());

  it("has everything that its Terraform JSON says of identities, and nothing unknown", () => {
    const identities = [...estate.identities].map(([arn, identity]) => [arn, summaryOf(identity)]);
    const read = {
      accounts: Object.fromEntries([...estate.accounts].map(([id, { stacks }]) => [id, stacks])),
      identities: Object.fromEntries(identities),
    };
    expect(JSON.parse(JSON.stringify(read))).toEqual({
      accounts: expected.accounts,
      identities: expected.identities,
    });
    expect(estate.unknowns).toEqual([]);
  });

  it("lets in whom the sample means, and as unknown those whom no stack makes", () => {
    expect(
      accessOf(estate).map(
        ({ principal, roleArn, result, by, needs }) =>
          `${principal} -> ${roleArn} ${result} by ${by}${needs.map((need) => `, ${need}`).join("")}`,
      ),
    ).toEqual(expected.access);
  });
});
