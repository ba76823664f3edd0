import { tryParseIamArn } from "../iam/arn";
import { isPrincipalTrust, stageOf, tightens } from "../trust/trust";
import type { HandedOver, Handover } from "./handover";
import type { AccountsTrust } from "../trust/trust";
import {
  CHAINED_SESSION,
  isMetByProfile,
  mfaSerial,
  OWN_DEVICE,
  profileOf,
  type Profile,
} from "./profiles";
import { profilesIni } from "./profiles-ini";

/** Stands for the name of the other party's role while it is not known. */
const OWN_ROLE = "YOUR-ROLE";

/** A handover as Markdown for the other team: what to attach, to configure, to try and to send back. */
export function handoverMarkdown({ key, party, roles, policies, over }: Handover): string {
  const byProfile = roles.filter(({ trust }) => isMetByProfile(trust));
  const byRequest = roles.filter(({ trust }) => !isMetByProfile(trust));
  const parts = [
    `# Access of ${party.name} (${party.id}) to ${key}`,
    `This is how you get into ${roles.length === 1 ? "our role" : "our roles"} from your AWS account ${party.id}.`,
    "## What lets you in",
    table(roles),
    ...(roles.some(({ trust }) => trust.externalId !== undefined)
      ? [
          "Every request must carry the external ID. It is no password; use it for these roles alone, and for no other customer of yours.",
        ]
      : []),
    "## Attach this on your side",
    `To the identity that assumes the ${noun(roles)}, as a policy of its own:`,
    ...policies.map((policy) => fenced("json", JSON.stringify(policy, undefined, 2))),
    ...(over > 0
      ? [`There are ${over} roles more than IAM lets one identity name: share them among several.`]
      : []),
    ...(byProfile.length > 0 ? configuring(byProfile) : []),
    ...(byRequest.length > 0 ? requesting(byRequest) : []),
    "## Send this back",
    [...new Set(roles.map(({ trust }) => answer(trust)))].map((each) => `- ${each}`).join("\n"),
  ];
  return parts.join("\n\n");
}

function configuring(roles: readonly HandedOver[]): readonly string[] {
  const [first] = roles;
  const profiles = new Map(roles.map((each) => [each.role.arn, profileFor(each)]));
  return [
    "## Configure it",
    "In `~/.aws/config`. `source_profile` is your own profile; on a machine write `credential_source = Ec2InstanceMetadata`, `EcsContainer` or `Environment` in its place.",
    fenced("ini", profilesIni([...profiles.values()])),
    "## Try it",
    fenced("sh", `aws sts get-caller-identity --profile ${profileFor(first).name}`),
    `It must print an ARN of \`assumed-role/${first.role.name}\`.${
      first.trust.externalId === undefined
        ? ""
        : " Then take `external_id` out of the profile: it must be refused with `AccessDenied`. Put it back."
    }`,
  ];
}

/** For what a profile cannot pass. */
function requesting(roles: readonly HandedOver[]): readonly string[] {
  return [
    "## Request a session",
    "A profile of `~/.aws/config` cannot pass a source identity or session tags: pass them when you assume the role, as here with values like those that we ask for.",
    fenced("sh", roles.map(assumeRoleCommand).join("\n")),
  ];
}

/** Patterns stand as we ask for them: which text they put in is the other team's choice. */
function assumeRoleCommand({ role, trust }: HandedOver): string {
  const { sourceIdentity, sessionName, sessionTags = {} } = trust;
  const tags = Object.entries(sessionTags).map(([tag, [value]]) =>
    quoted(`Key=${tag},Value=${value}`),
  );
  return [
    `aws sts assume-role --role-arn ${role.arn}`,
    `--role-session-name ${quoted(sessionName?.[0] ?? "YOUR-SESSION")}`,
    ...(trust.externalId === undefined ? [] : [`--external-id ${quoted(trust.externalId)}`]),
    ...(sourceIdentity === undefined ? [] : [`--source-identity ${quoted(sourceIdentity[0])}`]),
    ...(tags.length === 0 ? [] : [`--tags ${tags.join(" ")}`]),
  ].join(" ");
}

/** For a shell: the text as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function table(roles: readonly HandedOver[]): string {
  const rows = roles.map(
    ({ role, trust }) =>
      `| \`${role.arn}\` | ${trust.externalId === undefined ? "none" : `\`${trust.externalId}\``} | ${principalOf(trust)} |`,
  );
  return ["| role | external ID | lets in |", "| --- | --- | --- |", ...rows].join("\n");
}

function principalOf(trust: AccountsTrust): string {
  const who = isPrincipalTrust(trust)
    ? `\`${trust.principalArn}\``
    : "each identity of your account that your policies allow";
  return trust.mfa ? `${who}, with MFA` : who;
}

function profileFor({ role, trust }: HandedOver): Profile {
  return profileOf(role, {
    source: { profile: "default" },
    ...(trust.mfa && { mfaSerial: mfaSerial(trust.partition, trust.accountId, OWN_DEVICE) }),
    externalId: trust.externalId,
    duration: CHAINED_SESSION,
  });
}

/** What is still to be known of whom a trust lets in. */
function answer(trust: AccountsTrust): string {
  if (!isPrincipalTrust(trust)) {
    return `The ARN and ID of the role that you use, as ${lookUp("role", OWN_ROLE)} prints them: we can then trust that role in place of your whole account.`;
  }
  const name = tryParseIamArn(trust.principalArn)?.name ?? trust.principalArn;
  if (stageOf(trust) === "role") {
    return `A word before you delete \`${name}\` or make it again: the new one has another ID, and we must trust it anew.`;
  }
  if (!tightens(trust)) return "That it works.";
  return `The ARN and ID of \`${name}\` once it exists, as ${lookUp(trust.kind, name)} prints them: we then trust it alone, by its ID.`;
}

function lookUp(kind: "role" | "user", name: string): string {
  const [command, query] =
    kind === "role"
      ? ["get-role --role-name", "Role.[Arn,RoleId]"]
      : ["get-user --user-name", "User.[Arn,UserId]"];
  return `\`aws iam ${command} ${name} --query '${query}' --output text\``;
}

function noun(roles: readonly HandedOver[]): string {
  return roles.length === 1 ? "role" : "roles";
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
