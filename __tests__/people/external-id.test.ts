import { newExternalId } from "../../src/people/external-id";
import { trustSchema } from "../../src/model/file/schema/trusts";

test("an external ID is another one each time, and one that a trust takes", () => {
  const ids = Array.from({ length: 100 }, newExternalId);

  expect(new Set(ids).size).toBe(100);
  for (const externalId of ids) {
    expect(externalId).toMatch(/^[0-9a-f-]{36}$/);
    expect(trustSchema.safeParse({ account: "vendor", externalId }).success).toBe(true);
  }
});
