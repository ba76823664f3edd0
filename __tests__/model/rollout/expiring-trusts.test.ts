import { expiringTrusts } from "../../../src/model/rollout/expiring-trusts";
import { modelOf } from "../../stacks/organization";

function foundAt(now: string, expires?: string): readonly string[] {
  const model = modelOf({
    accounts: {
      a: { id: "111122223333" },
      b: { id: "444455556666" },
      vendor: { id: "900000000001", external: true },
    },
    roles: {
      Audit: {
        accounts: ["*"],
        trusts: [{ account: "vendor", externalId: "agreed", ...(expires && { expires }) }],
      },
    },
  });
  return expiringTrusts(model, new Date(now)).map(({ path, found }) => `${path}: ${found}`);
}

const END = "2030-01-31T00:00:00Z";

describe("a trust that ends", () => {
  test.each([
    ["30 days ahead is warned of, once for all accounts", "2030-01-01T00:00:00Z", "30 days"],
    ["tomorrow is warned of", "2030-01-30T00:00:00Z", "1 day"],
    ["today is warned of", "2030-01-30T12:00:00Z", "less than a day"],
  ])("%s", (_, now, left) => {
    expect(foundAt(now, END)).toEqual([`roles.Audit: one that ends at ${END}, in ${left}`]);
  });

  test("has ended", () => {
    expect(foundAt(END, END)).toEqual([`roles.Audit: one that ended at ${END}`]);
  });

  test("later is not warned of, nor is one without an end", () => {
    expect(foundAt("2029-12-31T23:59:59Z", END)).toEqual([]);
    expect(foundAt(END)).toEqual([]);
  });
});
