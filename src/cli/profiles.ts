import type { Model } from "../model/model";
import { awsConfigFile, updateAwsConfig } from "../people/aws-config-file";
import { extendSwitchRoles } from "../people/extend-switch-roles";
import { identityArn, identityName, type Identity } from "../people/identity";
import { switchLinks } from "../people/links";
import {
  credentialSourceOf,
  profilesFor,
  rolesWithoutProfile,
  type CredentialSource,
  type ProfileSource,
} from "../people/profiles";
import { profilesIni } from "../people/profiles-ini";
import { displayPath } from "../source/display-path";
import { EXIT, UsageError, type ExitCode } from "./exit-code";
import { namedIdentity } from "./named-identity";
import { printProblems } from "./print-problems";
import { loadProject } from "./project";
import type { ProfileFormat } from "./profile-formats";
import { count, type Terminal } from "./terminal";

/** Options of `crosstrust profiles`. */
export interface ProfilesOptions {
  readonly user?: string;
  readonly group?: string;
  readonly role?: string;
  readonly permissionSet?: string;
  readonly sourceProfile?: string;
  readonly credentialSource?: CredentialSource;
  readonly format: ProfileFormat;
  readonly print?: boolean;
}

/** `crosstrust profiles`: the configuration by which a person or a machine gets into its roles. */
export function profiles(terminal: Terminal, options: ProfilesOptions): ExitCode {
  const { model, warnings } = loadProject();
  printProblems(terminal, warnings);
  const identity = namedIdentity(model, options);
  if (identity === undefined) {
    throw new UsageError(
      "expected one of --user, --group, --role and --permission-set, found none",
    );
  }
  if (options.format === "extend-switch-roles") {
    printExtension(terminal, model, identity);
    return EXIT.ok;
  }
  if (identity.kind === "group" && options.print !== true) {
    throw new UsageError(
      "expected --print with --group, because each member has an MFA device of his own; add it for a template, or name one of them with --user",
    );
  }
  const found = profilesFor(model, identity, sourceOf(identity, options));
  const body = profilesIni(found);
  const without = rolesWithoutProfile(model, identity);
  for (const { account, name } of without) {
    terminal.note(
      `left out ${account.name}/${name}: it demands a source identity or session tags, which a profile cannot pass; use aws sts assume-role with --source-identity and --tags`,
    );
  }
  if (found.length + without.length === 0)
    terminal.note(`no role of accounts.json trusts ${identityName(identity)}`);
  if (options.print === true) {
    if (body !== "") terminal.print(body);
    return EXIT.ok;
  }
  const file = awsConfigFile();
  const written = updateAwsConfig(file, {
    owner: identityArn(identity),
    names: found.map(({ name }) => name),
    body,
  });
  const what = `${count(found.length, "profile")} of ${identityName(identity)}`;
  if (written.kind === "unchanged") {
    terminal.print(`${displayPath(file)} has the ${what} as they are`);
    return EXIT.ok;
  }
  terminal.print(`wrote ${what} to ${displayPath(file)}`);
  if (written.backup !== undefined) {
    terminal.print(`what was there before is in ${displayPath(written.backup)}`);
  }
  return EXIT.ok;
}

function sourceOf(identity: Identity, options: ProfilesOptions): ProfileSource {
  const { sourceProfile, credentialSource } = options;
  if (sourceProfile !== undefined) return { profile: checkedProfile(sourceProfile) };
  if (credentialSource !== undefined) return { credentials: credentialSource };
  if (identity.kind === "permission-set") {
    throw new UsageError(
      "expected --source-profile with --permission-set, because roles are assumed from the profile of the sign-in; name the one that aws configure sso made",
    );
  }
  if (identity.kind !== "role") return { profile: "default" };
  const credentials = credentialSourceOf(identity.role);
  if (credentials !== undefined) return { credentials };
  throw new UsageError(
    `expected --source-profile or --credential-source, because what ${identityName(identity)} trusts does not tell where it runs; add one of them`,
  );
}

/** A name that can stand in the file: it would begin a line of its own otherwise. */
function checkedProfile(name: string): string {
  if (/^[!-~]([ -~]*[!-~])?$/.test(name)) return name;
  throw new UsageError(
    `expected --source-profile to be the name of a profile, found ${JSON.stringify(name)}; write it as the AWS configuration does`,
  );
}

function printExtension(terminal: Terminal, model: Model, identity: Identity): void {
  if (identity.kind === "role") {
    throw new UsageError(
      "expected --user or --group with --format extend-switch-roles, because people use the browser; found --role",
    );
  }
  const { links, without } = switchLinks(model, identity);
  const parts = extendSwitchRoles(identity, links);
  if (parts.length === 1) terminal.print(parts[0].trimEnd());
  else {
    parts.forEach((part, index) => {
      terminal.print(`; part ${index + 1} of ${parts.length}\n${part}`);
    });
    terminal.note(
      `${parts.length} parts: the extension synchronizes one of them at most; choose its local storage to keep them all`,
    );
  }
  for (const { role, because } of without) {
    terminal.note(`left out ${role.account.name}/${role.name}: ${because}`);
  }
}
