import type { SimulatedAccount } from "../aws/simulated-account";
import type { SimulatedOidcProvider } from "../aws/entities";
import type { ResourceType } from "./resource-type";

/**
 * `aws_iam_openid_connect_provider`: one per URL and account. The audiences change in place. The ID
 * is the ARN.
 */
export const iamOidcProvider: ResourceType = {
  defaults: {},
  replacedBy: ["url"],
  sets: ["client_id_list"],
  importable: true,
  create({ account, arguments: args }) {
    const name = args.text("url").replace(/^https:\/\//, "");
    account.oidcProviders.requireFree(name);
    const arn = `arn:${account.partition}:iam::${account.id}:oidc-provider/${name}`;
    account.oidcProviders.put({ name, arn, audiences: args.texts("client_id_list") });
    return arn;
  },
  read: ({ account }, id) => {
    const provider = tryGetProvider(account, id);
    return provider === undefined
      ? undefined
      : { id, arn: id, url: `https://${provider.name}`, client_id_list: provider.audiences };
  },
  update({ account, arguments: args }, id) {
    const provider = tryGetProvider(account, id);
    if (provider !== undefined) {
      account.oidcProviders.put({ ...provider, audiences: args.texts("client_id_list") });
    }
    return id;
  },
  delete({ account }, id) {
    const provider = tryGetProvider(account, id);
    if (provider !== undefined) account.oidcProviders.delete(provider.name);
  },
};

function tryGetProvider(account: SimulatedAccount, arn: string): SimulatedOidcProvider | undefined {
  return account.oidcProviders.tryGet(arn.slice(arn.indexOf("/") + 1));
}
