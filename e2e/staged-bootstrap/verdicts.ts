import { assumeRole } from "../harness/assume-role";
import type { Cloud } from "../harness/cloud";
import type { Credentials } from "../harness/sigv4";
import type { RehearsedAccess } from "./rehearsed";

/** Somebody who tries to assume roles. */
export interface Caller {
  /** How the rehearsal names it: a role or user, or the account principal of an external account. */
  readonly principal: string;
  readonly credentials: Credentials;
  /** The same with MFA. @default - a role's session never carries MFA */
  readonly withMfa?: Credentials;
}

/** Whether a caller gets into a role, as a line that a person can read: a difference shows at once. */
export type Verdict = string;

const EXTERNAL_ID = /^external ID (.+)$/;

/**
 * What the emulator says of every caller at every role: with what the rehearsal says that it needs
 * (MFA, an external ID), and for each of these without it.
 */
export async function emulatedVerdicts(
  cloud: Cloud,
  callers: readonly Caller[],
  roleArns: readonly string[],
  rehearsed: readonly RehearsedAccess[],
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const caller of callers) {
    for (const roleArn of roleArns) {
      // An access that is not rehearsed is refused even to somebody who brings everything along.
      const needs = findAccess(rehearsed, caller, roleArn)?.needs ?? ["MFA", ...SOME_EXTERNAL_ID];
      const verdict = await ask(cloud, caller, roleArn, needs);
      verdicts.push(line(caller.principal, roleArn, needsOf(rehearsed, caller, roleArn), verdict));
      for (const missing of findAccess(rehearsed, caller, roleArn)?.needs ?? []) {
        const rest = needs.filter((need) => need !== missing);
        const without = await ask(cloud, caller, roleArn, rest);
        verdicts.push(line(caller.principal, roleArn, `without ${missing}`, without));
      }
    }
  }
  return verdicts.sort();
}

/** The same as the rehearsal has it. */
export function rehearsedVerdicts(
  callers: readonly Caller[],
  roleArns: readonly string[],
  rehearsed: readonly RehearsedAccess[],
): readonly Verdict[] {
  return callers
    .flatMap((caller) =>
      roleArns.flatMap((roleArn) => {
        const access = findAccess(rehearsed, caller, roleArn);
        const verdict = access?.result ?? "denied";
        return [
          line(caller.principal, roleArn, needsOf(rehearsed, caller, roleArn), verdict),
          ...(access?.needs ?? []).map((missing) =>
            line(caller.principal, roleArn, `without ${missing}`, "denied"),
          ),
        ];
      }),
    )
    .sort();
}

const SOME_EXTERNAL_ID = ["external ID some_key_build"] as const;

function findAccess(
  rehearsed: readonly RehearsedAccess[],
  { principal }: Caller,
  roleArn: string,
): RehearsedAccess | undefined {
  return rehearsed.find((access) => access.principal === principal && access.roleArn === roleArn);
}

function needsOf(rehearsed: readonly RehearsedAccess[], caller: Caller, roleArn: string): string {
  const access = findAccess(rehearsed, caller, roleArn);
  return access === undefined ? "with everything" : `with ${access.needs.join(", ") || "nothing"}`;
}

async function ask(
  cloud: Cloud,
  caller: Caller,
  roleArn: string,
  needs: readonly string[],
): Promise<"allowed" | "denied"> {
  const credentials = needs.includes("MFA")
    ? (caller.withMfa ?? caller.credentials)
    : caller.credentials;
  const externalId = needs
    .map((need) => EXTERNAL_ID.exec(need)?.[1])
    .find((id) => id !== undefined);
  return (await assumeRole(cloud.as(credentials), { roleArn, externalId })).verdict;
}

function line(principal: string, roleArn: string, how: string, verdict: string): Verdict {
  return `${principal} -> ${roleArn} ${how}: ${verdict}`;
}
