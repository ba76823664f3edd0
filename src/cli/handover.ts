import type { Account, Model } from "../model/model";
import { handoverOf, partiesOf, type Handover } from "../people/handover";
import { handoverMarkdown } from "../people/handover-markdown";
import { closestTo } from "../source/closest";
import { isPrincipalTrust, stageOf, tightens } from "../trust/trust";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import type { Terminal } from "./terminal";

/** Options of `crosstrust handover`. */
export interface HandoverOptions {
  /** An external account. */
  readonly to?: string;
}

/** `crosstrust handover`: what the team of an external account needs to get into a role. */
export function handover(terminal: Terminal, key: string, options: HandoverOptions): ExitCode {
  const { model, warnings } = loadProject();
  printProblems(terminal, warnings);
  const found = handoverOf(model, key, partyOf(model, key, options));
  terminal.print(handoverMarkdown(found));
  for (const step of ourSteps(found)) terminal.note(step);
  return EXIT.ok;
}

function partyOf(model: Model, key: string, { to }: HandoverOptions): Account {
  const parties = partiesOf(model, key);
  const names = parties.map(({ name }) => name);
  const isOurs = model.roles.some((role) => role.key === key);
  if (!isOurs && model.foreignRoles.some((role) => role.key === key)) {
    throw new UsageError(
      `expected a role of ours, found ${key}, which its owner hands over to us; run npx crosstrust profiles --user USER for the people whom it trusts, or --role ROLE for a machine`,
    );
  }
  if (!isOurs) {
    const closest = closestTo(
      key,
      model.roles.flatMap((role) => (role.key === undefined ? [] : [role.key])),
    );
    throw new UsageError(
      `expected a key of roles, found ${key}; ${closest === undefined ? "accounts.json lists them" : `write ${closest} if that is meant`}`,
    );
  }
  if (parties.length === 0) {
    throw new UsageError(
      `expected a role that trusts an external account, found ${key}, which trusts none: in our own accounts the other half is made by their stacks`,
    );
  }
  if (to !== undefined) {
    const party = parties.find(({ name }) => name === to);
    if (party !== undefined) return party;
    throw new UsageError(
      `expected --to to name an external account that ${key} trusts, found ${to}; write ${names.join(" or ")}`,
    );
  }
  if (parties.length === 1) return parties[0];
  throw new UsageError(
    `expected --to, because ${key} trusts ${names.join(" and ")}, and each is to see its own part alone; add it`,
  );
}

/** What is to be done here once they have answered. */
function ourSteps({ key, roles }: Handover): readonly string[] {
  const steps = roles.map(({ trust }) => {
    if (!isPrincipalTrust(trust)) {
      return `Once they name their role: write "role" (and its "path") into the trust of roles.${key}, deploy, then npx crosstrust confirm --principal ARN --unique-id ID`;
    }
    return tightens(trust) && stageOf(trust) === "account"
      ? `Once they send the ID: npx crosstrust confirm --principal ${trust.principalArn} --unique-id ID`
      : undefined;
  });
  return [...new Set(steps.filter((step) => step !== undefined))];
}
