import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { accountsJsonSchema } from "../src/model/file/schema/json-schema";

/* `npm run schema`: writes accounts.schema.json, for editors. */
writeFileSync(join(__dirname, "..", "accounts.schema.json"), accountsJsonSchema());
