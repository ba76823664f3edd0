import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { accountsJsonSchema } from "../src/model/file/schema/json-schema";
import { accessTestsJsonSchema } from "../src/review/access-tests/schema";

/* `npm run schema`: writes the schemas of accounts files and access tests, for editors. */
const ROOT = join(__dirname, "..");
writeFileSync(join(ROOT, "accounts.schema.json"), accountsJsonSchema());
writeFileSync(join(ROOT, "access-tests.schema.json"), accessTestsJsonSchema());
