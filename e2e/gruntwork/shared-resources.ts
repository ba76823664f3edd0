import { z } from "zod";
import { texts } from "../harness/aws";
import type { Cloud } from "../harness/cloud";
import type { Credentials } from "../harness/sigv4";
import {
  publishes,
  readsObject,
  sends,
  writesObject,
  type UseVerdict,
} from "../harness/use-resource";
import { ACCOUNTS, REGION } from "./organization";

const BUCKET = "acme-artifacts";
const OBJECT = "app.zip";
const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNTS.shared}:deployments`;
const KEY_ALIAS = "alias/ami-encryption";

const POLICY = z.object({
  Statement: z.array(z.object({ Principal: z.object({ AWS: z.unknown() }) })),
});
const ALIASES = z.object({
  Aliases: z.array(z.object({ AliasName: z.string(), TargetKeyId: z.string().optional() })),
});
const GRANTS = z.object({ Grants: z.array(z.object({ GranteePrincipal: z.string() })) });

/** What the example shares, and the uses of it that the emulator judges across accounts. */
export class SharedResources {
  /** `cloud`: through which the calls go. */
  constructor(private readonly cloud: Cloud) {}

  /** Puts the object into the bucket that `read` asks for. */
  fillBucket(): Promise<void> {
    return this.owner().putObject(BUCKET, OBJECT, "an artifact");
  }

  read(caller: Credentials): Promise<UseVerdict> {
    return readsObject(this.cloud.as(caller, REGION), BUCKET, OBJECT);
  }

  write(caller: Credentials): Promise<UseVerdict> {
    return writesObject(this.cloud.as(caller, REGION), BUCKET, OBJECT);
  }

  publish(caller: Credentials): Promise<UseVerdict> {
    return publishes(this.cloud.as(caller, REGION), TOPIC);
  }

  send(caller: Credentials): Promise<UseVerdict> {
    const url = `${this.cloud.url}/${ACCOUNTS.shared}/deploy-requests`;
    return sends(this.cloud.as(caller, REGION), url);
  }

  /** Principals that the topic's policy names as it stands, sorted. */
  async topicPrincipals(): Promise<readonly string[]> {
    const xml = await this.owner().sns("GetTopicAttributes", { TopicArn: TOPIC });
    const text = texts(xml, "value").find((value) => value.includes('"Statement"')) ?? "";
    return POLICY.parse(JSON.parse(text))
      .Statement.flatMap(({ Principal }) => Principal.AWS)
      .map(String)
      .sort();
  }

  /** Who has a grant on the key of the images, sorted. */
  async grantees(): Promise<readonly string[]> {
    const { Aliases } = ALIASES.parse(JSON.parse(await this.owner().json("kms", "ListAliases")));
    const alias = Aliases.find(({ AliasName }) => AliasName === KEY_ALIAS);
    const KeyId = alias?.TargetKeyId;
    const answer = await this.owner().json("kms", "ListGrants", { KeyId });
    return GRANTS.parse(JSON.parse(answer))
      .Grants.map(({ GranteePrincipal }) => GranteePrincipal)
      .sort();
  }

  private owner() {
    return this.cloud.root(ACCOUNTS.shared, REGION);
  }
}
