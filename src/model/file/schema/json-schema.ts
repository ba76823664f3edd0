import { z } from "zod";
import { accountsFileSchema } from "./file";

/** The JSON Schema of the accounts file, as the text of accounts.schema.json. */
export function accountsJsonSchema(): string {
  const schema = z.toJSONSchema(accountsFileSchema, { io: "input", reused: "ref" });
  return `${JSON.stringify({ ...schema, title: "Crosstrust accounts file" }, undefined, 2)}\n`;
}
