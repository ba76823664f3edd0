import { existsSync, readdirSync } from "node:fs";
import { estateFacts } from "../../../src/cli/estate-of-model";
import { readEstate } from "../../../src/estate/read-estate";
import { verify } from "../../../src/review/verify/verify";
import { readAccounts, synthesize } from "../../stacks/organization";
import { allConfirmed } from "./shared-organization";

const FILES = [
  "accounts.json",
  ...readdirSync("examples").map((name) => `examples/${name}/accounts.json`),
];

it.each(FILES.filter((file) => existsSync(file)))(
  "verify finds nothing in %s, before and after everything is confirmed",
  (file) => {
    const read = readAccounts(file);
    for (const model of [read, allConfirmed(read)]) {
      const stacks = new Map(Object.entries(synthesize(model)));
      expect(verify(model, readEstate(stacks, estateFacts(model)))).toEqual({
        findings: [],
        undecided: [],
      });
    }
  },
);
