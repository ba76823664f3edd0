import type { Model } from "../model/model";
import { permissionSetPolicy } from "../model/permission-set-policy";
import { closestTo } from "../source/closest";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import type { Terminal } from "./terminal";

/**
 * `crosstrust permission-set NAME`: the half of an Identity Center permission set, for whoever administers
 * it elsewhere: an inline policy that allows assuming exactly the roles that trust it.
 */
export function permissionSet(terminal: Terminal, name: string): ExitCode {
  const { model, warnings } = loadProject();
  printProblems(terminal, warnings);
  const defined = model.permissionSets.find((set) => set.name === name);
  const mayAssume = defined?.mayAssume ?? rolesTrusting(model, name);
  if (defined === undefined && mayAssume.length === 0) throw unknown(model, name);
  const policy = permissionSetPolicy({
    statements: defined?.statements ?? [],
    mayAssume,
    sessionPermissions: defined?.sessionPermissions ?? [],
  });
  if (policy === undefined) {
    terminal.note(`no role trusts permission set ${name}: it needs no policy for that`);
    return EXIT.ok;
  }
  terminal.print(JSON.stringify(policy, undefined, 2));
  terminal.note(
    defined?.identityCenter === undefined
      ? `put these statements into the inline policy of permission set ${name}, beside those that it has, and provision it again`
      : `stack ${defined.identityCenter.stack} defines it so: there is nothing to do by hand`,
  );
  return EXIT.ok;
}

/** ARNs of the roles that trust a permission set of that name in any account, sorted. */
function rolesTrusting({ roles }: Model, name: string): readonly string[] {
  return roles
    .filter(({ trusts }) =>
      trusts.some((trust) => trust.kind === "permission-set" && trust.permissionSet === name),
    )
    .map(({ arn }) => arn)
    .sort();
}

function unknown({ permissionSets, roles }: Model, name: string): UsageError {
  const trusted = roles.flatMap(({ trusts }) =>
    trusts.flatMap((trust) => (trust.kind === "permission-set" ? [trust.permissionSet] : [])),
  );
  const closest = closestTo(name, new Set([...permissionSets.map((set) => set.name), ...trusted]));
  return new UsageError(
    `expected the name of a permission set that some role trusts, found ${name}; ${
      closest === undefined
        ? "trusts with permissionSet name them"
        : `write ${closest} if that is meant`
    }`,
  );
}
