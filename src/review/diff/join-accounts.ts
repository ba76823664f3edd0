import { list } from "../list";

/** Names, with roles of one name in several accounts as one: `deploy in dev and stage`. */
export function joinAccounts(labels: readonly string[], most: number): readonly string[] {
  const byName = new Map<string, string[]>();
  for (const label of labels) {
    const [, account, name] = /^([\w-]+)\/([^/]+)$/.exec(label) ?? [];
    const key = name ?? label;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [account ?? ""]);
    else known.push(account ?? "");
  }
  return [...byName].map(([name, accounts]) => {
    if (accounts[0] === "") return name;
    return accounts.length === 1 ? `${accounts[0]}/${name}` : `${name} in ${list(accounts, most)}`;
  });
}
