import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accountsJsonSchema } from "../../src/model/file/schema/json-schema";

test("accounts.schema.json is what npm run schema would write", () => {
  const committed = readFileSync(join(__dirname, "../../accounts.schema.json"), "utf8");

  expect(committed).toBe(accountsJsonSchema());
});
