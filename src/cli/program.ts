import { Command, Option } from "commander";
import { CREDENTIAL_SOURCES } from "../people/profiles";
import type { AccessTestsOptions } from "./access-tests";
import type { AskOptions } from "./ask";
import type { ConfirmCommandOptions } from "./confirm";
import type { DiffOptions } from "./diff";
import type { ExitCode } from "./exit-code";
import type { HandoverOptions } from "./handover";
import type { LinksOptions } from "./links";
import { PROFILE_FORMATS } from "./profile-formats";
import type { ProfilesOptions } from "./profiles";
import type { RehearseOptions } from "./rehearse";
import type { ReopenOptions } from "./reopen";
import type { RevokeCommandOptions } from "./revoke-command";
import type { StatusOptions } from "./status";
import type { Terminal } from "./terminal";
import type { VerifyOptions } from "./verify";
import type { VerifyLiveOptions } from "./verify-live";

/** The command line. A command is loaded when it runs, so that no other waits for its libraries. */
export function buildProgram(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  const program = new Command("crosstrust")
    .description(
      "Cross-account AWS access from one accounts.json, as Terraform JSON with staged trust",
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
    .showHelpAfterError("(crosstrust --help lists the commands)")
    .addHelpText(
      "after",
      "\nThe files: accounts.json (or crosstrust.json) and trust.lock.json in this folder, or those that " +
        "CROSSTRUST_ACCOUNTS names.\nExit codes: 0 fine, 1 a finding, 2 bad input or usage, 3 could not run.",
    );

  program
    .command("check")
    .description(
      "read the files; print every problem and warning, and traps in what they would deploy",
    )
    .option("--json", "print data for programs")
    .action(async (options: { json?: boolean }) => {
      const { check } = await import("./check");
      exit(await check(terminal, options));
    });

  program
    .command("verify")
    .description("compare who can assume which role with accounts.json, both ways")
    .argument("[folder]", "a folder that cdktf wrote stacks to; without it they are synthesized")
    .option("--state", "what is deployed: read the Terraform state of every stack")
    .option("--strict", "exit 1 too where something cannot be decided")
    .option("--live", "try real accesses with the credentials at hand, and compare real roles")
    .option("--yes", "with --live: do not ask")
    .option("--json", "print data for programs")
    .action(async (folder: string | undefined, options: VerifyCommandOptions) => {
      if (options.live === true) {
        const { verifyLiveCommand } = await import("./verify-live");
        exit(await verifyLiveCommand(terminal, options));
      } else {
        const { verify } = await import("./verify");
        exit(await verify(terminal, folder, options));
      }
    });

  program
    .command("who-can")
    .description("everyone who can assume a role or use a resource, how, and what decides it")
    .argument("<role or resource>", "a key of accounts.json, account/name or an ARN")
    .argument("[action]", "on a resource: this one alone, such as s3:GetObject")
    .option("--estate <folder>", "a folder that cdktf wrote stacks to; else they are synthesized")
    .option("--json", "print data for programs")
    .action(async (target: string, action: string | undefined, options: AskOptions) => {
      const { whoCan } = await import("./who-can");
      exit(await whoCan(terminal, target, action, options));
    });

  program
    .command("can")
    .description("every role and resource that somebody reaches, how, and what decides it")
    .argument("<principal>", "a role, user, account, service or issuer, by name or ARN")
    .option("--estate <folder>", "a folder that cdktf wrote stacks to; else they are synthesized")
    .option("--json", "print data for programs")
    .action(async (principal: string, options: AskOptions) => {
      const { can } = await import("./can");
      exit(await can(terminal, principal, options));
    });

  program
    .command("test")
    .description("judge access-tests.json: who must get where, and who must not")
    .option("--file <file>", "the tests; else access-tests.json or .yaml beside accounts.json")
    .option("--estate <folder>", "a folder that cdktf wrote stacks to; else they are synthesized")
    .option("--junit <file>", "also write a JUnit report")
    .option("--json", "print data for programs")
    .action(async (options: AccessTestsOptions) => {
      const { accessTests } = await import("./access-tests");
      exit(await accessTests(terminal, options));
    });

  program
    .command("status")
    .description("how far each trust is, and what to run next")
    .option("--fail-on-open", "exit 1 while a trust waits or is due")
    .option("--since <revision>", "which stacks changed since a git revision, and what to run")
    .option("--json", "print data for programs")
    .action(async (options: StatusOptions) => {
      const { status } = await import("./status");
      exit(await status(terminal, options));
    });

  program
    .command("confirm")
    .description("record in trust.lock.json what exists and what is applied")
    .option(
      "--outputs <file>",
      "read the file of cdktf deploy --outputs-file; else ask each backend",
    )
    .addOption(
      new Option("--principal <arn>", "confirm one principal by hand, with --unique-id").conflicts([
        "outputs",
        "prune",
      ]),
    )
    .option("--unique-id <id>", "its unique ID: AROA… of a role, AIDA… of a user")
    .option("--accept-recreated", "record principals that were deleted and made again")
    .option("--prune", "drop what accounts.json no longer has")
    .addOption(
      new Option("--init", "make the empty lock of a new organization").conflicts([
        "outputs",
        "principal",
        "uniqueId",
        "acceptRecreated",
        "prune",
        "json",
      ]),
    )
    .option("--json", "print data for programs")
    .action(async (options: ConfirmCommandOptions) => {
      const { confirm } = await import("./confirm");
      exit(await confirm(terminal, options));
    });

  program
    .command("reopen")
    .description("take confirmations away: trusts go back to stage account")
    .option("--principal <arn>", "of this principal alone")
    .option("--in <account>", "for this account's trusts alone")
    .option("--yes", "do not ask")
    .action(async (options: ReopenOptions) => {
      const { reopen } = await import("./reopen");
      exit(await reopen(terminal, options));
    });

  program
    .command("revoke")
    .description("take a trust out of accounts.json; then deny the sessions that it let begin")
    .argument("[role]", "a key of roles")
    .option("--principal <name>", "the trust in this one alone, as status shows it, or by ARN")
    .option("--seal", "after the deploy: deny the sessions that were issued until now")
    .addOption(
      new Option("--drop", "take seals away whose sessions have all ended").conflicts([
        "principal",
        "seal",
      ]),
    )
    .option("--dry-run", "say what it does, and do nothing")
    .option("--yes", "do not ask")
    .option("--json", "print data for programs")
    .action(async (role: string | undefined, options: RevokeCommandOptions) => {
      const { revokeCommand } = await import("./revoke-command");
      exit(await revokeCommand(terminal, role, options));
    });

  program
    .command("rehearse")
    .description("the whole rollout offline, in simulated accounts that refuse what AWS refuses")
    .option("--since <revision>", "what changed since a git revision, on what was rolled out there")
    .option("--json", "print data for programs")
    .action(async (options: RehearseOptions) => {
      const { rehearse } = await import("./rehearse");
      exit(await rehearse(terminal, options));
    });

  program
    .command("diff")
    .description("what a change does to access: widened, narrowed, replaced")
    .argument("<before>", "a folder of synthesized stacks, or a git revision")
    .argument("[after]", "the same; the working tree where it is left out")
    .option("--allow <file>", "widenings that are agreed to, with reasons and an end")
    .addOption(
      new Option("--markdown", "print a comment for a pull request").conflicts(["sarif", "json"]),
    )
    .addOption(new Option("--sarif", "print SARIF for code scanning").conflicts("json"))
    .option("--json", "print data for programs")
    .action(async (before: string, after: string | undefined, options: DiffOptions) => {
      const { diff } = await import("./diff");
      exit(await diff(terminal, before, after, options));
    });

  program
    .command("links")
    .description("console links for switching to roles, for people to bookmark")
    .addOption(
      new Option("--user <user>", "of this user, by name or account/name").conflicts([
        "group",
        "permissionSet",
      ]),
    )
    .addOption(new Option("--group <group>", "of this group").conflicts("permissionSet"))
    .option("--permission-set <set>", "of people who sign in with it, by name or account/name")
    .addOption(new Option("--html", "print a page").conflicts("json"))
    .option("--json", "print data for programs")
    .action(async (options: LinksOptions) => {
      const { links } = await import("./links");
      exit(links(terminal, options));
    });

  program
    .command("profiles")
    .description("put the profiles of people or a machine into the AWS configuration file")
    .addOption(
      new Option("--user <user>", "of this user, by name or account/name").conflicts([
        "group",
        "role",
        "permissionSet",
      ]),
    )
    .addOption(
      new Option("--group <group>", "of this group's members").conflicts(["role", "permissionSet"]),
    )
    .addOption(
      new Option(
        "--role <role>",
        "of a machine that runs as this role, by key or account/name",
      ).conflicts("permissionSet"),
    )
    .option("--permission-set <set>", "of people who sign in with it, by name or account/name")
    .addOption(
      new Option("--source-profile <name>", "the profile that roles are assumed from").conflicts(
        "credentialSource",
      ),
    )
    .addOption(
      new Option("--credential-source <source>", "where a machine finds its credentials").choices(
        CREDENTIAL_SOURCES,
      ),
    )
    .addOption(
      new Option("--format <format>", "of the AWS configuration, or of the browser extension")
        .choices(PROFILE_FORMATS)
        .default(PROFILE_FORMATS[0]),
    )
    .option("--print", "print the profiles, and write nothing")
    .action(async (options: ProfilesOptions) => {
      const { profiles } = await import("./profiles");
      exit(profiles(terminal, options));
    });

  program
    .command("external-id")
    .description("make an external ID that nobody can guess")
    .action(async () => {
      const { externalId } = await import("./external-id");
      exit(externalId(terminal));
    });

  program
    .command("handover")
    .description("what the team of an external account needs to get into a role, as Markdown")
    .argument("<role>", "a key of roles")
    .option("--to <account>", "the external account, where the role trusts several")
    .action(async (role: string, options: HandoverOptions) => {
      const { handover } = await import("./handover");
      exit(handover(terminal, role, options));
    });

  program
    .command("permission-set")
    .description(
      "the policy that an Identity Center permission set needs for the roles that trust it",
    )
    .argument("<name>", "the permission set's name")
    .action(async (name: string) => {
      const { permissionSet } = await import("./permission-set");
      exit(permissionSet(terminal, name));
    });

  return program;
}

interface VerifyCommandOptions extends VerifyOptions, VerifyLiveOptions {
  readonly live?: boolean;
}
