import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { revokeOlderSessionsPolicy } from "../src/iam/revoke-older-sessions";
import { assumeRole, assumeRoleWithToken, type TokenClaims } from "./harness/assume-role";
import { AwsError, texts } from "./harness/aws";
import { describeEndToEnd } from "./harness/describe-end-to-end";
import { NOTHING_PLANNED } from "./harness/plan";
import { Project } from "./harness/project";
import { recreateRole } from "./harness/recreate-role";
import type { Credentials } from "./harness/sigv4";
import { CHECKOUT } from "./harness/stand-in";
import {
  accessRoleSession,
  ACCOUNTS,
  CI_TOKEN,
  deployerByToken,
  everybody,
  prepareAccounts,
  PREPARED,
  type People,
} from "./staged-bootstrap/people";
import { parseRehearsal, type Rehearsed } from "./staged-bootstrap/rehearsed";
import { emulatedVerdicts, rehearsedVerdicts } from "./staged-bootstrap/verdicts";

const ORGANIZATION_ID = "o-a1b2c3d4e5";
const BOOTSTRAPS = ["shared-bootstrap", "client-bootstrap", "deploy-bootstrap"] as const;
const DEPLOYER = `arn:aws:iam::${ACCOUNTS.deploy}:role/crosstrust-deployer`;
const CI = `arn:aws:iam::${ACCOUNTS.shared}:role/build/ci`;
const BUILD_ROLE = `arn:aws:iam::${ACCOUNTS.client}:role/crosstrust/BuildRole`;
const PINNED_ROLE = `arn:aws:iam::${ACCOUNTS.client}:role/PinnedBuildRole`;
const LISTER = `arn:aws:iam::${ACCOUNTS.client}:role/Lister`;
const VENDOR_READ_ONLY = `arn:aws:iam::${ACCOUNTS.client}:role/VendorReadOnly`;
const MEMBERS = [ACCOUNTS.shared, ACCOUNTS.client, ACCOUNTS.deploy] as const;
const executionRole = (account: string): string =>
  `arn:aws:iam::${account}:role/crosstrust-execution`;

const STATUS = z.object({
  trusts: z.array(
    z.object({ trustingArn: z.string(), principalArn: z.string().optional(), state: z.string() }),
  ),
  next: z.array(z.object({ command: z.string() })),
});

const EXAMPLE = z.looseObject({
  settings: z.looseObject({}),
  roles: z.record(z.string(), z.unknown()),
});

const LIVE = z.object({
  accesses: z.array(z.looseObject({ roleArn: z.string(), outcome: z.string() })),
  roles: z.array(z.looseObject({ roleArn: z.string(), outcome: z.string() })),
});

const TIGHTENED_IN_PLACE = {
  address: expect.any(String),
  type: "aws_iam_role",
  actions: "update",
  changed: ["assume_role_policy"],
} as const;

describeEndToEnd(
  "the staged-bootstrap example",
  (endToEnd) => {
    let project: Project;
    let people: People;
    let rehearsal: Rehearsed;

    beforeAll(async () => {
      const { cloud, clone, env } = endToEnd();
      clone.copyTo("examples/staged-bootstrap/accounts.json", "organization/accounts.json");
      clone.copyTo("examples/staged-bootstrap/trust.lock.json", "organization/trust.lock.json");
      writeAccounts({});
      project = new Project({
        clone,
        env: { ...env, CROSSTRUST_ACCOUNTS: "organization/accounts.json" },
      });
      people = await prepareAccounts(cloud);
      rehearsal = parseRehearsal((await project.crosstrust(0, "rehearse", "--json")).stdout);
    });

    /** The example with other settings, and with two more roles: one pinned to the unique ID of `ci`. */
    function writeAccounts(settings: Readonly<Record<string, unknown>>): void {
      const example = EXAMPLE.parse(
        JSON.parse(readFileSync(join(CHECKOUT, "examples/staged-bootstrap/accounts.json"), "utf8")),
      );
      const pinned = {
        accounts: ["client"],
        trusts: [{ account: "shared", role: "ci", tighten: "unique-id" }],
      };
      const lister = {
        accounts: ["client"],
        statements: [{ Effect: "Allow", Action: "iam:ListRoles", Resource: "*" }],
        trusts: [
          { account: "shared", role: "ci", tighten: "principal-arn" },
          { account: "vendor", externalId: "some_key_build" },
        ],
      };
      endToEnd().clone.write(
        "organization/accounts.json",
        JSON.stringify({
          ...example,
          settings: { ...example.settings, ...settings },
          roles: { ...example.roles, PinnedBuildRole: pinned, Lister: lister },
          identities: {
            root: {
              users: { alice: {}, bob: {} },
              groups: { CrossAccount: { users: ["alice"], selfManagedMfa: true } },
            },
          },
        }),
      );
    }

    const byAdministrator = (): Project => project.as(people.administrator);
    const hubSession = (): Promise<Credentials> =>
      accessRoleSession(endToEnd().cloud, people.administrator, ACCOUNTS.deploy);
    const deployerSession = (): Promise<Credentials> => deployerByToken(endToEnd().cloud);
    const ciSession = (): Promise<Credentials> => endToEnd().cloud.sessionOf(ACCOUNTS.shared, "ci");
    const byDeployer = async (): Promise<Project> => project.as(await deployerSession());

    async function verdict(caller: Credentials, roleArn: string, externalId?: string) {
      return (await assumeRole(endToEnd().cloud.as(caller), { roleArn, externalId })).verdict;
    }

    async function status(): Promise<z.infer<typeof STATUS>> {
      return STATUS.parse(JSON.parse((await project.crosstrust(0, "status", "--json")).stdout));
    }

    /** How many trusts wait, are due, and so on. */
    async function countStates(): Promise<Readonly<Record<string, number>>> {
      const counts: Record<string, number> = {};
      for (const { state } of (await status()).trusts) counts[state] = (counts[state] ?? 0) + 1;
      return counts;
    }

    async function nextCommands(): Promise<readonly string[]> {
      return (await status()).next.map(({ command }) => command);
    }

    /** Access keys that people made by hand for users that a stack defines. */
    const handMadeKeys = new Map<string, Credentials>();

    async function keysOf(userName: string): Promise<Credentials> {
      const keys =
        handMadeKeys.get(userName) ??
        (await endToEnd().cloud.createAccessKey(ACCOUNTS.root, userName));
      handMadeKeys.set(userName, keys);
      return keys;
    }

    /** The emulator lets in and refuses exactly whom the rehearsal does at this step. */
    async function expectAsRehearsed(step: number): Promise<void> {
      const { cloud } = endToEnd();
      const { access } = rehearsal.steps[step];
      const callers = await everybody(cloud, people, keysOf);
      const roleArns = [...new Set((await status()).trusts.map(({ trustingArn }) => trustingArn))];
      const emulated = await emulatedVerdicts(cloud, callers, roleArns, access);
      expect(emulated).toEqual(rehearsedVerdicts(callers, roleArns, access));
      expect(emulated.some((line) => line.endsWith("allowed"))).toBe(true);
    }

    test("cdktf list names every stack", async () => {
      const list = await project.cdktf("list");
      for (const stack of [...BOOTSTRAPS, "root", "shared", "client", "deploy"]) {
        expect(list).toMatch(new RegExp(`^\\s*${stack}\\s`, "m"));
      }
    });

    test("the rehearsal comes to its end", () => {
      expect(rehearsal.outcome).toEqual({ kind: "tightened" });
      expect(rehearsal.steps.map(({ name }) => name)).toEqual([
        "bootstrap",
        "hub",
        "tighten bootstrap",
        "accounts",
        "accounts",
        "tighten",
      ]);
    });

    test("step 1: the administrator deploys the execution roles, which trust the hub guarded", async () => {
      expect((await nextCommands())[0]).toBe("npx cdktf deploy '*-bootstrap'");
      await byAdministrator().deploy(["*-bootstrap"]);
      for (const stack of BOOTSTRAPS) {
        expect(await byAdministrator().plan(stack)).toEqual(NOTHING_PLANNED);
      }
    });

    test("after step 1 the emulator lets in whom the rehearsal lets in", () =>
      expectAsRehearsed(0));

    test("step 2: the hub's administrator deploys the hub, with the deployer", async () => {
      const hub = project.as(await hubSession());
      await hub.deploy(["deploy"], "--outputs-file", "outputs.json");
      expect(await hub.plan("deploy")).toEqual(NOTHING_PLANNED);
    });

    test("after step 2 the emulator lets in whom the rehearsal lets in", () =>
      expectAsRehearsed(1));

    test("CI becomes the deployer by a token of the main branch, and of nothing else", async () => {
      const nobody = endToEnd().cloud.root(ACCOUNTS.deploy);
      const withToken = async (claims: Partial<TokenClaims>): Promise<string> =>
        (await assumeRoleWithToken(nobody, DEPLOYER, { ...CI_TOKEN, ...claims })).verdict;
      expect(await withToken({})).toBe("allowed");
      expect(await withToken({ sub: "repo:acme/infra:ref:refs/heads/other" })).toBe("denied");
      expect(await withToken({ sub: "repo:somebody/infra:ref:refs/heads/main" })).toBe("denied");
      expect(await withToken({ aud: "another.audience" })).toBe("denied");
    });

    test("confirm reads the outputs file, and then asks the backends for the other stacks", async () => {
      const fromFile = await project.crosstrust(0, "confirm", "--outputs", "outputs.json");
      expect(fromFile.stdout).toContain(DEPLOYER);
      await project.crosstrust(0, "confirm");
      expect(await countStates()).toMatchObject({ due: BOOTSTRAPS.length });
    });

    test("step 3: the second apply of each bootstrap stack is one update in place", async () => {
      expect((await nextCommands())[0]).toBe("npx cdktf deploy '*-bootstrap'");
      await project.cdktf("synth");
      for (const stack of BOOTSTRAPS) {
        expect(await byAdministrator().plan(stack)).toEqual({
          changes: [TIGHTENED_IN_PLACE],
          outputs: ["trust_terms", "trusts"],
        });
      }
      await byAdministrator().deploy(["*-bootstrap"]);
      for (const stack of BOOTSTRAPS) {
        expect(await byAdministrator().plan(stack)).toEqual(NOTHING_PLANNED);
      }
      await project.crosstrust(0, "confirm");
      expect(await countStates()).toMatchObject({ done: BOOTSTRAPS.length });
    });

    test("after step 3 the emulator lets in whom the rehearsal lets in", () =>
      expectAsRehearsed(2));

    test("after step 3 the hub's administrator is refused and the deployer let in", async () => {
      const hub = await hubSession();
      const deployer = await deployerSession();
      for (const account of MEMBERS) {
        expect(await verdict(hub, executionRole(account))).toBe("denied");
        expect(await verdict(deployer, executionRole(account))).toBe("allowed");
      }
      const refused = await project.as(hub).tryDeploy(["deploy"]);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stdout + refused.stderr).toContain("Cannot assume IAM Role");
      expect(await project.as(deployer).plan("deploy")).toEqual(NOTHING_PLANNED);
    });

    test("step 4: the deployer deploys the accounts", async () => {
      expect(await nextCommands()).toContain("npx cdktf deploy shared client");
      const deployer = await byDeployer();
      await deployer.deploy(["shared", "client"]);
      expect(await deployer.plan("shared")).toEqual(NOTHING_PLANNED);
      expect(await deployer.plan("client")).toEqual(NOTHING_PLANNED);
    });

    test("after the accounts the emulator lets in whom the rehearsal lets in", () =>
      expectAsRehearsed(3));

    test("the credentials of another account stop the management account's stack", async () => {
      const stopped = await project.as(people.founder).tryDeploy(["root"]);
      expect(stopped.exitCode).not.toBe(0);
      expect(stopped.stdout + stopped.stderr).toContain(
        `AWS account ID not allowed: ${ACCOUNTS.deploy}`,
      );
      expect(await endToEnd().cloud.everythingOfIam(ACCOUNTS.root)).toEqual(PREPARED.root);
    });

    test("step 5: the management account's stack is deployed by its own administrator", async () => {
      await byAdministrator().deploy(["root"]);
      expect(await byAdministrator().plan("root")).toEqual(NOTHING_PLANNED);
      await project.crosstrust(0, "confirm");
    });

    test("after the management account the emulator lets in whom the rehearsal lets in", () =>
      expectAsRehearsed(4));

    test("step 6: tightening client's trusts is one update in place of each role", async () => {
      expect((await nextCommands())[0]).toBe("npx cdktf deploy client");
      await project.crosstrust(1, "status", "--fail-on-open");
      const deployer = await byDeployer();
      await deployer.cdktf("synth");
      expect(await deployer.plan("client")).toEqual({
        changes: [TIGHTENED_IN_PLACE, TIGHTENED_IN_PLACE, TIGHTENED_IN_PLACE],
        outputs: ["trust_terms", "trusts"],
      });
      await deployer.deploy(["client"]);
      for (const stack of ["shared", "client", "deploy"]) {
        expect(await deployer.plan(stack)).toEqual(NOTHING_PLANNED);
      }
      await project.crosstrust(0, "confirm");
      await project.crosstrust(0, "status", "--fail-on-open");
      expect(await nextCommands()).toEqual([]);
    });

    test("at the end the emulator lets in whom the rehearsal lets in", () => expectAsRehearsed(5));

    test("a trust policy keeps aws:PrincipalOrgID when it tightens", async () => {
      expect(await endToEnd().cloud.trustPolicy(ACCOUNTS.client, "BuildRole")).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: CI },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:PrincipalOrgID": ORGANIZATION_ID } },
          },
        ],
      });
    });

    test("the vendor is refused without its external ID, and with a wrong one", async () => {
      expect(await verdict(people.vendor, VENDOR_READ_ONLY)).toBe("denied");
      expect(await verdict(people.vendor, VENDOR_READ_ONLY, "some_other_key")).toBe("denied");
      expect(await verdict(people.vendor, VENDOR_READ_ONLY, "some_key_build")).toBe("allowed");
    });

    test("alice administers client with MFA, and is refused without", async () => {
      const adminRole = `arn:aws:iam::${ACCOUNTS.client}:role/MainAccountAdminRole`;
      const alice = await keysOf("alice");
      const mfaArn = `arn:aws:iam::${ACCOUNTS.root}:mfa/alices-new-phone`;
      expect(await verdict(alice, adminRole)).toBe("denied");
      // The emulator fills in no ${aws:username}, so that somebody else makes and enables the device.
      const root = endToEnd().cloud.root(ACCOUNTS.root);
      await root.iam("CreateVirtualMFADevice", { VirtualMFADeviceName: "alices-new-phone" });
      await root.iam("EnableMFADevice", {
        UserName: "alice",
        SerialNumber: mfaArn,
        AuthenticationCode1: "123456",
        AuthenticationCode2: "654321",
      });
      expect(await verdict(alice, adminRole)).toBe("denied");
      const withMfa = endToEnd().cloud.as(await endToEnd().cloud.sessionWithMfa(alice, mfaArn));
      const session = await assumeRole(withMfa, { roleArn: adminRole });
      if (session.verdict === "denied") throw new Error(`alice is refused ${adminRole} with MFA`);
      const administrator = endToEnd().cloud.as(session.credentials);
      const user = { UserName: "made-by-alice" };
      expect(await administrator.iam("CreateUser", user)).toContain(
        `arn:aws:iam::${ACCOUNTS.client}:user/made-by-alice`,
      );
      await administrator.iam("DeleteUser", user);
    });

    /** What `verify --live` finds of accesses and roles, as somebody. */
    async function live(exitCode: number, credentials: Credentials) {
      const args = ["verify", "--live", "--yes", "--json"];
      const { stdout } = await project.as(credentials).crosstrust(exitCode, ...args);
      expect(stdout).not.toContain(credentials.secretAccessKey);
      return LIVE.parse(JSON.parse(stdout));
    }

    test("verify --live tries what the deployer may, and finds every trust policy as the stacks say", async () => {
      const { accesses, roles } = await live(0, await deployerSession());
      expect(accesses.map(({ outcome }) => outcome)).toEqual(["works", "works", "works"]);
      const own = roles.filter(({ outcome }) => outcome !== "not readable");
      expect(own.map(({ outcome }) => outcome)).toEqual(own.map(() => "same"));
      expect(own.length).toBeGreaterThan(6);
    });

    test("verify --live finds a trust that was changed by hand", async () => {
      const trust = await endToEnd().cloud.trustPolicy(ACCOUNTS.client, "BuildRole");
      const change = (policy: unknown) =>
        endToEnd()
          .cloud.root(ACCOUNTS.client)
          .iam("UpdateAssumeRolePolicy", {
            RoleName: "BuildRole",
            PolicyDocument: JSON.stringify(policy),
          });
      await change({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${ACCOUNTS.shared}:root` },
            Action: "sts:AssumeRole",
          },
        ],
      });
      const { roles } = await live(1, await deployerSession());
      expect(roles.filter(({ outcome }) => outcome === "differs")).toEqual([
        expect.objectContaining({ roleArn: BUILD_ROLE }),
      ]);
      await change(trust);
    });

    test("cdktf diff and output work on one stack", async () => {
      const deployer = await byDeployer();
      expect(await deployer.cdktf("diff", "client")).toContain("No changes");
      await deployer.cdktf("output", "client", "--outputs-file", "outputs.json");
      expect(project.readJson("outputs.json")).toMatchObject({
        client: { role_arns: { BuildRole: BUILD_ROLE } },
      });
    });

    test("with another organization's ID in the settings nobody of ours gets in", async () => {
      writeAccounts({ organizationId: "o-0000000000" });
      await (await byDeployer()).deploy(["client"]);
      expect(await verdict(await ciSession(), BUILD_ROLE)).toBe("denied");
      writeAccounts({});
      await (await byDeployer()).deploy(["client"]);
      expect(await verdict(await ciSession(), BUILD_ROLE)).toBe("allowed");
    });

    test("a role deleted and made again behind Terraform's back is refused", async () => {
      const { cloud } = endToEnd();
      expect(await verdict(await ciSession(), PINNED_ROLE)).toBe("allowed");
      await recreateRole(cloud, ACCOUNTS.shared, "ci", [ACCOUNTS.client]);
      expect(await verdict(await ciSession(), BUILD_ROLE)).toBe("denied");
      expect(await verdict(await ciSession(), PINNED_ROLE)).toBe("denied");
      const { roles } = await live(1, await deployerSession());
      expect(roles.filter(({ outcome }) => outcome === "orphaned")).toEqual([
        expect.objectContaining({ roleArn: BUILD_ROLE }),
      ]);
    });

    test("a plain deploy lets it in again, but not where the trust is pinned to the unique ID", async () => {
      const deployer = await byDeployer();
      expect((await deployer.plan("client")).changes).toEqual([TIGHTENED_IN_PLACE]);
      await deployer.deploy(["client"]);
      expect(await verdict(await ciSession(), BUILD_ROLE)).toBe("allowed");
      expect(await verdict(await ciSession(), PINNED_ROLE)).toBe("denied");
    });

    test("confirm notices it after a refresh-only deploy, names the stacks, and records it only when told to", async () => {
      const deployer = await byDeployer();
      const before = project.readJson("organization/trust.lock.json");
      await deployer.deploy(["shared"], "--refresh-only", "--outputs-file", "outputs.json");
      const noticed = await project.crosstrust(1, "confirm", "--outputs", "outputs.json");
      expect(noticed.stdout).toContain(CI);
      expect(noticed.stdout).toMatch(/trusted by client/);
      expect(project.readJson("organization/trust.lock.json")).toEqual(before);

      const accept = ["--outputs", "outputs.json", "--accept-recreated"];
      await project.crosstrust(0, "confirm", ...accept);
      expect((await nextCommands())[0]).toBe("npx cdktf deploy client");
    });

    test("once confirmed anew, the next deploy lets it in everywhere", async () => {
      await (await byDeployer()).deploy(["client"]);
      expect(await verdict(await ciSession(), BUILD_ROLE)).toBe("allowed");
      expect(await verdict(await ciSession(), PINNED_ROLE)).toBe("allowed");
      await project.crosstrust(0, "confirm");
      await project.crosstrust(0, "status", "--fail-on-open");
      await project.crosstrust(0, "verify", "--state");
    });

    test("a lost deployer is brought back by reopening the hub and steps 1 to 3 for it", async () => {
      const { cloud } = endToEnd();
      const old = await deployerSession();
      expect(await verdict(old, executionRole(ACCOUNTS.deploy))).toBe("allowed");
      await recreateRole(cloud, ACCOUNTS.deploy, "crosstrust-deployer", MEMBERS);
      expect(await verdict(await deployerSession(), executionRole(ACCOUNTS.deploy))).toBe("denied");

      await project.crosstrust(0, "reopen", "--in", "deploy", "--yes");
      await byAdministrator().deploy(["deploy-bootstrap"]);
      const hub = project.as(await hubSession());
      await hub.deploy(["deploy"], "--refresh-only", "--outputs-file", "outputs.json");
      await project.crosstrust(1, "confirm", "--outputs", "outputs.json");
      const accept = ["--outputs", "outputs.json", "--accept-recreated"];
      await project.crosstrust(0, "confirm", ...accept);
      await byAdministrator().deploy(["*-bootstrap"]);

      expect(await verdict(await deployerSession(), executionRole(ACCOUNTS.deploy))).toBe(
        "allowed",
      );
      expect(await verdict(await deployerSession(), executionRole(ACCOUNTS.client))).toBe(
        "allowed",
      );
      expect(await verdict(await hubSession(), executionRole(ACCOUNTS.deploy))).toBe("denied");
    });

    describe("revoking the vendor's trust in a role that trusts others too", () => {
      let ofVendor: Credentials;
      let ofCi: Credentials;

      async function session(caller: Credentials, externalId?: string): Promise<Credentials> {
        const answer = await assumeRole(endToEnd().cloud.as(caller), {
          roleArn: LISTER,
          externalId,
        });
        if (answer.verdict === "denied") throw new Error(`no session of ${LISTER}`);
        return answer.credentials;
      }

      /** Whether a session may do what the role may. */
      async function lists(credentials: Credentials): Promise<boolean> {
        try {
          await endToEnd().cloud.as(credentials).iam("ListRoles");
          return true;
        } catch (error) {
          if (error instanceof AwsError && error.code === "AccessDenied") return false;
          throw error;
        }
      }

      const inlinePolicies = async (): Promise<readonly string[]> => {
        const root = endToEnd().cloud.root(ACCOUNTS.client);
        return texts(await root.iam("ListRolePolicies", { RoleName: "Lister" }), "member");
      };

      test("lets no new session of his begin; the running one goes on, and the others' too", async () => {
        ofVendor = await session(people.vendor, "some_key_build");
        ofCi = await session(await ciSession());
        await project.crosstrust(0, "revoke", "Lister", "--principal", "vendor", "--yes");
        await project.crosstrust(2, "revoke", "Lister", "--seal", "--yes");
        await (await byDeployer()).deploy(["client"]);
        await project.crosstrust(0, "confirm");
        expect(await verdict(people.vendor, LISTER, "some_key_build")).toBe("denied");
        expect(await verdict(await ciSession(), LISTER)).toBe("allowed");
        expect([await lists(ofVendor), await lists(ofCi)]).toEqual([true, true]);
      });

      test("and sealed, ends every older session; new ones of the others begin", async () => {
        const root = endToEnd().cloud.root(ACCOUNTS.client);
        const responders = { RoleName: "Lister", PolicyName: "AWSRevokeOlderSessions" };
        await root.iam("PutRolePolicy", {
          ...responders,
          PolicyDocument: JSON.stringify(revokeOlderSessionsPolicy("2026-01-01T00:00:00Z")),
        });
        await project.crosstrust(0, "revoke", "Lister", "--seal", "--yes");
        await (await byDeployer()).deploy(["client"]);
        expect([await lists(ofVendor), await lists(ofCi)]).toEqual([false, false]);
        expect(await lists(await session(await ciSession()))).toBe(true);
        expect([...(await inlinePolicies())].sort()).toEqual([
          "AWSRevokeOlderSessions",
          "CrosstrustRevokeOlderSessions",
          "permissions",
        ]);
        await root.iam("DeleteRolePolicy", responders);
      });
    });

    test("deployer and execution roles are not destroyed as long as they are protected", async () => {
      const refused = await byAdministrator().tryDestroy(["*-bootstrap"]);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stdout + refused.stderr).toContain("Instance cannot be destroyed");
    });

    test("destroy by two commands, account stacks first and bootstrap stacks last, leaves nothing", async () => {
      const { cloud } = endToEnd();
      for (const [userName, { accessKeyId }] of handMadeKeys) {
        await cloud
          .root(ACCOUNTS.root)
          .iam("DeleteAccessKey", { UserName: userName, AccessKeyId: accessKeyId });
      }
      writeAccounts({ protect: false });
      // The hub last: the deployer goes with it.
      await (await byDeployer()).destroy(["shared", "client", "deploy"]);
      await byAdministrator().destroy(["root", "*-bootstrap"]);
      const left = await Promise.all(
        Object.entries(ACCOUNTS).map(async ([name, id]) => [name, await cloud.everythingOfIam(id)]),
      );
      expect(Object.fromEntries(left)).toEqual(PREPARED);
    });
  },
  {
    emulator: {
      EMULATOR_ORGANIZATION_ID: ORGANIZATION_ID,
      EMULATOR_OUTSIDERS: [ACCOUNTS.vendor, ACCOUNTS.stranger].join(),
    },
  },
);
